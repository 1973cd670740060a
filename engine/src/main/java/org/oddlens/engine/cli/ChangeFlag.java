package org.oddlens.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oddlens.engine.run.HyperparameterChange;
import org.oddlens.engine.study.ChangePlan;

/** {@code train --change epoch=10:learning-rate=1e-4}: a live hyperparameter that changes as the run trains. */
final class ChangeFlag {

    static final String NAME = "--" + ChangePlan.FLAG;
    static final String LABEL = "epoch=N:KEY=VALUE";

    private static final Pattern FORM = Pattern.compile("epoch=(\\d{1,9}):([a-z0-9-]+)=(.+)");

    private ChangeFlag() {}

    /** @throws UsageException naming the flag, if a text is not of its form */
    static List<HyperparameterChange> parse(List<String> texts) {
        List<HyperparameterChange> changes = new ArrayList<>();
        for (String text : texts) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new UsageException(NAME + ": '" + text + "' is not of the form " + LABEL
                        + ", such as epoch=10:learning-rate=1e-4.");
            }
            changes.add(new HyperparameterChange(Integer.parseInt(form.group(1)), form.group(2), form.group(3)));
        }
        return changes;
    }
}
