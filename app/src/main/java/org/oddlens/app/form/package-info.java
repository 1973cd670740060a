/** Forms drawn from declarations: one field per hyperparameter, all problems shown at once. */
package org.oddlens.app.form;
