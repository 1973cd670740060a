package org.oddlens.app.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.TextWidth;
import org.oddlens.engine.study.RowContributions;

/** Why one row has its score: what each feature adds to it, largest first, as bars. */
final class ContributionsPane extends VBox {

    private static final int MOST = 40;
    private static final int LONGEST = 200;

    private final Label title = new Label();
    private final Label beside = new Label();
    private final Label place = new Label();
    private final Label method = new Label();
    private final GridPane bars = new GridPane(8, 3);
    private final ColumnConstraints name = new ColumnConstraints();
    private final ScrollPane scroll = new ScrollPane(bars);

    ContributionsPane() {
        super(4);
        setId("contributions");
        getStyleClass().add("od-inspector");
        title.getStyleClass().add("od-panel-title");
        title.setMinHeight(Region.USE_PREF_SIZE);
        beside.setId("row-context");
        beside.setWrapText(true);
        beside.setMinHeight(Region.USE_PREF_SIZE);
        place.setId("row-place");
        place.setWrapText(true);
        place.getStyleClass().add("od-caption");
        place.setMinHeight(Region.USE_PREF_SIZE);
        place("");
        method.getStyleClass().add("od-caption");
        method.setWrapText(true);
        method.setMinHeight(Region.USE_PREF_SIZE);
        name.setMinWidth(40);
        ColumnConstraints bar = new ColumnConstraints(40, 90, Double.MAX_VALUE);
        bar.setHgrow(Priority.ALWAYS);
        bar.setFillWidth(true);
        bars.getColumnConstraints().addAll(name, bar, atRight(), atRight());
        bars.setMinWidth(0);
        bars.setPadding(new Insets(0, 8, 0, 0)); // before the scroll bar
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText("What each feature adds to the score");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, place, beside, method, scroll);
        setMinHeight(0);
    }

    /** Says why the row is not seen in the picture; empty if it is. */
    void place(String sentence) {
        place.setText(sentence);
        place.setVisible(!sentence.isEmpty());
        place.setManaged(place.isVisible());
    }

    /** Says why there are no bars. */
    void say(String row, String sentence) {
        title.setText("Row " + row);
        showBeside(List.of());
        method.setText(sentence);
        bars.getChildren().clear();
    }

    void show(RowContributions.Row found) {
        title.setText(
                "Row " + found.id() + (found.explained() ? " – anomaly score " + NumberText.score(found.score()) : ""));
        showBeside(found.beside());
        float[] shares = found.shares();
        int[] order = IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(shares[i])))
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
        method.setText(
                !found.explained()
                        ? RowExplanation.NOT_YET
                        : "By " + found.method()
                                + (order.length < shares.length
                                        ? "; the " + MOST + " largest of " + NumberText.count(shares.length)
                                                + " features"
                                        : ""));
        bars.getChildren().clear();
        if (order.length > 0) {
            fill(found, order);
        }
        scroll.setVvalue(0);
    }

    private void fill(RowContributions.Row found, int[] order) {
        float[] shares = found.shares();
        double most = Float.MIN_NORMAL;
        double least = 0;
        double widest = 0;
        for (int feature : order) {
            most = Math.max(most, shares[feature]);
            least = Math.min(least, shares[feature]);
            widest = Math.max(widest, TextWidth.of(found.names().get(feature), Font.font(11)));
        }
        name.setPrefWidth(Math.min(220, Math.max(50, widest + 8)));
        DoubleFunction<String> share = NumberText.alike(Arrays.stream(order).mapToDouble(feature -> shares[feature]));
        DoubleFunction<String> value =
                NumberText.alike(Arrays.stream(order).mapToDouble(feature -> found.values()[feature]));
        bars.addRow(0, heading("Feature"), heading(""), heading("Adds"), heading("Value"));
        for (int place = 0; place < order.length; place++) {
            int feature = order[place];
            Label named = caption(found.names().get(feature));
            named.setTooltip(new Tooltip(found.names().get(feature)));
            bars.addRow(
                    place + 1,
                    named,
                    new ShareBar(shares[feature], least, most),
                    caption(share.apply(shares[feature])),
                    caption(value.apply(found.values()[feature])));
        }
    }

    /** What a person judges the row by, above what the model says. */
    private void showBeside(List<RowContributions.Beside> values) {
        beside.setText(values.stream()
                .filter(value -> !value.role().equals("id"))
                .map(value -> value.name() + ": " + (value.value().isEmpty() ? "–" : shortened(value.value())))
                .collect(Collectors.joining("\n")));
        beside.setVisible(!beside.getText().isEmpty());
        beside.setManaged(beside.isVisible());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static ColumnConstraints atRight() {
        ColumnConstraints number = new ColumnConstraints();
        number.setMinWidth(Region.USE_PREF_SIZE);
        number.setHalignment(HPos.RIGHT);
        return number;
    }

    private static Label heading(String text) {
        Label label = caption(text);
        label.getStyleClass().add("od-key");
        return label;
    }

    private static Label caption(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("od-caption");
        return label;
    }
}
