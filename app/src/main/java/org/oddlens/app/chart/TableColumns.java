package org.oddlens.app.chart;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.text.Font;

/** Columns of text and of numbers for tables: numbers stand at the right, under a heading at the right. */
public final class TableColumns {

    private static final String NUMBERS = "od-number-column";
    private static final double AROUND = 28;
    private static final int LOOKED_AT = 200;

    private TableColumns() {}

    /** A column of text. */
    public static <T> TableColumn<T, String> text(String title, double width, Function<T, String> text) {
        TableColumn<T, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        return column;
    }

    /** A column of numbers. */
    public static <T> TableColumn<T, String> numbers(String title, double width, Function<T, String> text) {
        TableColumn<T, String> column = text(title, width, text);
        column.getStyleClass().add(NUMBERS);
        return column;
    }

    /** Makes a column as wide as its heading and the longest of its first texts, between two bounds. */
    public static void fit(TableColumn<?, ?> column, Collection<String> texts, double least, double most) {
        double widest = Stream.concat(
                        Stream.of(column.getText()), texts.stream().limit(LOOKED_AT))
                .mapToDouble(text -> TextWidth.of(text, Font.font(13)))
                .max()
                .orElse(0);
        column.setPrefWidth(Math.max(least, Math.min(most, widest + AROUND)));
    }
}
