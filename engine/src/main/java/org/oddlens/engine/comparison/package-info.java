/** Many runs at once: detectors, data sets, contamination and seeds as a grid, done cell by cell and told together. */
package org.oddlens.engine.comparison;
