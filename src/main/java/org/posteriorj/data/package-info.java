/** The vocabulary of the project: plain Java arrays with shape, axes and units; knows neither libtorch nor ImageJ. */
package org.posteriorj.data;
