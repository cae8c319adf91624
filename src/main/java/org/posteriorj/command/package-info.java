/** One command per menu item: its options, their checks, and delegation to a workflow. */
package org.posteriorj.command;
