/**
 * Forward models and what the samplers need from the data: {@link org.posteriorj.physics.LinearOperator},
 * {@link org.posteriorj.physics.DataConsistency} and the classical reconstructions.
 * <p>
 * Images are float32 [B, C, H, W] with C = 2 (real, imaginary) for MRI and 1 for CT; data are float32 [B, ...] with a last
 * axis (real, imaginary) where they are complex. The inner product is the real one, so that adjoint means transpose.
 */
package org.posteriorj.physics;
