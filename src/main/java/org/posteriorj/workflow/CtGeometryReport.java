package org.posteriorj.workflow;

import java.util.List;
import java.util.Map;

/**
 * What a CT geometry means.
 *
 * @param trace detector index, counted from 0, that the test point falls on in every view
 * @param radius of the field of view in mm
 * @param facts in words, by name
 * @param warnings evidence in the data that the geometry is wrong, one line each
 */
public record CtGeometryReport(double[] trace, double radius, Map<String, String> facts, List<String> warnings) {}
