package org.posteriorj.physics.ct;

/**
 * A straight line in the image plane: the points (x, y) + s (dx, dy), in mm, x to the right and y up from the image centre.
 */
record Ray(double x, double y, double dx, double dy) {}
