/** File formats to and from the types of {@code data}; every error is one line that names the file. */
package org.posteriorj.io;
