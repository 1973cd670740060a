package org.oddlens.engine.run;

/**
 * Another value of a live hyperparameter while a run trains.
 *
 * @param epoch first epoch trained with it, counted from 1
 * @param key   key of the hyperparameter
 * @param value as in {@link RunSpec#hyperparameters()}
 */
public record HyperparameterChange(int epoch, String key, Object value) {}
