/** How good an image is, and how far its uncertainty can be trusted; plain arithmetic in double precision. */
package org.posteriorj.quality;
