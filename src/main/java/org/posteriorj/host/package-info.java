/** What carries the commands: plain ImageJ, Fiji, macros, the command line; windows, files, progress and stop. */
package org.posteriorj.host;
