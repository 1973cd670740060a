package org.oddlens.app.chart;

import java.util.Locale;
import java.util.StringJoiner;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

/** Says what marks and colours mean; wraps when the chart is narrow. */
final class Legend extends FlowPane {

    Legend() {
        super(16, 4);
        getStyleClass().add("od-legend");
        setAlignment(Pos.CENTER_LEFT);
        setMinHeight(USE_PREF_SIZE);
    }

    Legend add(Shape mark, String text) {
        Label label = new Label(text, mark);
        label.getStyleClass().add("od-caption");
        label.setGraphicTextGap(6);
        label.setMinWidth(USE_PREF_SIZE);
        getChildren().add(label);
        return this;
    }

    Legend addText(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("od-caption");
        getChildren().add(label);
        return this;
    }

    /** A colour bar between two numbers. */
    Legend addBar(int[] table, String low, String high, String meaning) {
        StringJoiner stops = new StringJoiner(", ");
        for (int k = 0; k <= 10; k++) {
            stops.add(String.format(Locale.ROOT, "#%06x %d%%", table[k * 255 / 10] & 0xffffff, 10 * k));
        }
        Region bar = new Region();
        bar.setStyle("-fx-background-color: linear-gradient(to right, " + stops + "); -fx-background-radius: 2;");
        bar.setMinSize(64, 10);
        bar.setMaxSize(64, 10);
        Label from = caption(low);
        Label to = caption(high);
        HBox whole = new HBox(6, from, bar, to);
        whole.setAlignment(Pos.CENTER_LEFT);
        whole.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(caption(meaning), whole); // apart, so that a narrow chart puts them on two lines
        return this;
    }

    static Shape circle(Color fill) {
        return new Circle(4, fill);
    }

    static Shape dot(Color fill) {
        return new Circle(2.5, fill);
    }

    static Shape triangle(Color fill) {
        Polygon shape = new Polygon(0, -5, 5, 4, -5, 4);
        shape.setFill(fill);
        return shape;
    }

    static Shape diamond(Color stroke) {
        Polygon shape = new Polygon(0, -5, 5, 0, 0, 5, -5, 0);
        shape.setFill(Color.TRANSPARENT);
        shape.setStroke(stroke);
        shape.setStrokeWidth(1.5);
        return shape;
    }

    /** The mark of a layer, or a line where it has only lines. */
    static Shape anatomy(AnatomyLayer layer, Color stroke) {
        if (layer.size() == 0) {
            return line(stroke);
        }
        return switch (layer.mark()) {
            case DIAMOND -> diamond(stroke);
            case SQUARE -> hollow(new Rectangle(8, 8), stroke);
            case RING -> hollow(new Circle(2.5), stroke);
            case PLUS -> hollow(
                    new Path(new MoveTo(-5, 0), new LineTo(5, 0), new MoveTo(0, -5), new LineTo(0, 5)), stroke);
        };
    }

    private static Shape hollow(Shape shape, Color stroke) {
        shape.setFill(Color.TRANSPARENT);
        shape.setStroke(stroke);
        shape.setStrokeWidth(1.5);
        return shape;
    }

    static Shape cross(Color stroke) {
        Path shape = new Path(new MoveTo(-3, -3), new LineTo(3, 3), new MoveTo(-3, 3), new LineTo(3, -3));
        shape.setStroke(stroke);
        shape.setStrokeWidth(1.5);
        return shape;
    }

    static Shape square(Color fill) {
        return new Rectangle(9, 9, fill);
    }

    static Shape frame(Color stroke) {
        return hollow(new Rectangle(9, 9), stroke);
    }

    static Shape hatched(Color fill) {
        Rectangle shape = new Rectangle(9, 9);
        shape.setStroke(fill);
        shape.setFill(new LinearGradient(
                0,
                0,
                2.5,
                2.5,
                false,
                CycleMethod.REPEAT,
                new Stop(0, fill),
                new Stop(0.5, fill),
                new Stop(0.5, Color.TRANSPARENT),
                new Stop(1, Color.TRANSPARENT)));
        return shape;
    }

    static Shape line(Color stroke, double... dashes) {
        Line shape = new Line(0, 0, 18, 0);
        shape.setStroke(stroke);
        shape.setStrokeWidth(2);
        for (double dash : dashes) {
            shape.getStrokeDashArray().add(dash);
        }
        return shape;
    }

    private static Label caption(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("od-caption");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
