package org.oddlens.app.chart;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/** Columns of text and of numbers for tables: numbers stand at the right, under a heading at the right. */
public final class TableColumns {

    private static final String NUMBERS = "od-number-column";
    private static final double SIZE = 13;
    /** The padding of a cell and the lines beside it. */
    private static final double AROUND = 16;

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
        column.setPrefWidth(
                Math.max(least, Math.min(most, widest(column, texts.stream().limit(LOOKED_AT)) + AROUND)));
    }

    /**
     * Makes a column as wide as its heading and its longest number, however far down that stands: a number that is cut is
     * another number.
     *
     * @param numbers of the whole column; not finite ones do not count
     * @param text    how the column writes them
     */
    public static void fit(TableColumn<?, ?> column, DoubleStream numbers, DoubleFunction<String> text, double least) {
        double width =
                Math.max(least, widest(column, Arrays.stream(longest(numbers)).mapToObj(text)) + AROUND);
        column.setMinWidth(width);
        column.setPrefWidth(width);
    }

    /** The first numbers, and of each sign those nearest to and farthest from 0, which have the longest texts. */
    private static double[] longest(DoubleStream numbers) {
        double[] all = numbers.filter(Double::isFinite).toArray();
        double[] found = Arrays.copyOf(all, Math.min(all.length, LOOKED_AT) + 4);
        for (int i = 1; i <= 4; i++) {
            found[found.length - i] = Double.NaN;
        }
        for (double number : all) {
            int sign = found.length - (number < 0 ? 2 : 4);
            if (number != 0 && !(Math.abs(number) >= Math.abs(found[sign]))) {
                found[sign] = number;
            }
            if (number != 0 && !(Math.abs(number) <= Math.abs(found[sign + 1]))) {
                found[sign + 1] = number;
            }
        }
        return found;
    }

    private static double widest(TableColumn<?, ?> column, Stream<String> texts) {
        return Math.max(
                TextWidth.of(column.getText(), Font.font(Font.getDefault().getFamily(), FontWeight.BOLD, SIZE)),
                texts.mapToDouble(text -> TextWidth.of(text, Font.font(SIZE)))
                        .max()
                        .orElse(0));
    }
}
