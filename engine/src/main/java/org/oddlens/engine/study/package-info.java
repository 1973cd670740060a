/** One run as a whole, from file to metrics: plan, train, record, score, evaluate, run again. */
package org.oddlens.engine.study;
