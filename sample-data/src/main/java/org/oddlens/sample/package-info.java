/** Small generated data sets that ship with Oddlens, and the seeded generators that made them. */
package org.oddlens.sample;
