/** Computed tomography: matched projectors in physical units, filtered backprojection, corrections and noise. */
package org.posteriorj.physics.ct;
