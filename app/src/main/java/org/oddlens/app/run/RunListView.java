package org.oddlens.app.run;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.app.chart.NumberText;

/** The recorded runs with their state as icon and word; Enter or a click opens one. */
public final class RunListView extends ListView<RunItem> {

    private static final Set<KeyCode> OPENING = EnumSet.of(
            KeyCode.ENTER, KeyCode.UP, KeyCode.DOWN, KeyCode.HOME, KeyCode.END, KeyCode.PAGE_UP, KeyCode.PAGE_DOWN);

    private String shown = "";

    /** @param open shows a run: after a click, Enter, or a step by arrow key */
    public RunListView(RunList runs, Consumer<RunItem> open) {
        super(runs.items());
        setId("run-list");
        setAccessibleText("Recorded runs, newest first");
        Label empty = new Label();
        empty.setId("run-list-placeholder");
        empty.textProperty().bind(runs.placeholderProperty());
        empty.setWrapText(true);
        empty.getStyleClass().add("od-muted");
        setPlaceholder(empty);
        setCellFactory(list -> new Cell());
        runs.items().addListener((ListChangeListener<RunItem>) change -> markShown());
        setOnMouseClicked(event -> open(open));
        setOnKeyReleased(event -> {
            if (OPENING.contains(event.getCode())) { // what is marked is what is shown
                open(open);
            }
        });
    }

    /** Marks the run that is shown, also when it enters the list later. */
    public void showSelected(String id) {
        shown = id;
        markShown();
        RunItem marked = getSelectionModel().getSelectedItem();
        if (marked != null && !inSight(marked)) { // one that was clicked stays where it is
            scrollTo(marked);
        }
    }

    private boolean inSight(RunItem item) {
        return lookupAll(".list-cell").stream()
                .filter(cell -> cell.isVisible() && cell instanceof ListCell<?> shown && shown.getItem() == item)
                .map(cell -> cell.localToScene(cell.getLayoutBounds()))
                .anyMatch(place -> localToScene(getLayoutBounds()).contains(place.getCenterX(), place.getCenterY()));
    }

    private void markShown() {
        for (RunItem item : getItems()) {
            if (item.id().equals(shown)) {
                getSelectionModel().select(item);
                return;
            }
        }
        getSelectionModel().clearSelection();
    }

    private void open(Consumer<RunItem> open) {
        RunItem item = getSelectionModel().getSelectedItem();
        if (item != null) {
            open.accept(item);
        }
    }

    private static final class Cell extends ListCell<RunItem> {

        @Override
        protected void updateItem(RunItem item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            Label name = new Label(item.detector());
            name.getStyleClass().add("od-panel-title");
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            String auroc = Double.isNaN(item.auroc()) ? "–" : NumberText.metric(item.auroc());
            Label metric = new Label("AUROC ★ " + auroc);
            metric.getStyleClass().add("od-caption");
            Label detail = new Label(
                    item.data() + " · " + when(item.id()) + " · " + item.state().word());
            detail.getStyleClass().add("od-caption");
            FontIcon icon = new FontIcon(icon(item.state()));
            HBox head = new HBox(6, icon, name, space, metric);
            head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            VBox box = new VBox(2, head, detail);
            box.setMaxWidth(Double.MAX_VALUE);
            setGraphic(box);
            setPrefWidth(0);
            setAccessibleText(
                    item.detector() + " on " + item.data() + ", " + item.state().word() + ", AUROC " + auroc);
        }

        /** {@code 20260130-142233-…} as {@code 30 Jan 14:22}. */
        private static String when(String id) {
            if (!id.matches("\\d{8}-\\d{6}.*")) {
                return id;
            }
            return id.substring(6, 8) + "." + id.substring(4, 6) + ". " + id.substring(9, 11) + ":"
                    + id.substring(11, 13);
        }

        private static String icon(RunViewModel.Phase state) {
            return switch (state) {
                case COMPLETED, EARLY_STOPPED -> "mdal-check_circle";
                case STOPPED -> "mdmz-stop_circle";
                case DISCARDED -> "mdal-delete";
                case DIVERGED, FAILED -> "mdal-error";
                case INTERRUPTED -> "mdmz-power_off";
                default -> "mdmz-play_circle_filled";
            };
        }
    }
}
