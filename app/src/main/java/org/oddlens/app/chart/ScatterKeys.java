package org.oddlens.app.chart;

import javafx.scene.input.KeyEvent;

/** The keyboard of the scatter; acts only while the plot has the focus. */
final class ScatterKeys {

    private static final double STEP = 1.25;

    private final LatentScatter scatter;
    private final ScatterSurface surface;
    private final ScatterMouse mouse;

    ScatterKeys(LatentScatter scatter, ScatterSurface surface, ScatterMouse mouse) {
        this.scatter = scatter;
        this.surface = surface;
        this.mouse = mouse;
    }

    void pressed(KeyEvent e) {
        if (e.isAltDown() || e.isMetaDown() || e.isControlDown() && e.getCode().isLetterKey()) {
            return; // belongs to the window
        }
        boolean used = true;
        switch (e.getCode()) {
            case LEFT -> scatter.walk(-1, 0);
            case RIGHT -> scatter.walk(1, 0);
            case UP -> scatter.walk(0, 1);
            case DOWN -> scatter.walk(0, -1);
            case ENTER -> scatter.selectWalked(e.isControlDown() ? RowSelection.Merge.ADD : RowSelection.Merge.REPLACE);
            case ESCAPE -> {
                used = !scatter.selectionProperty().get().isEmpty();
                scatter.selectionProperty().set(RowSelection.none());
            }
            case BACK_SPACE -> surface.back();
            case PLUS, ADD, EQUALS -> zoom(STEP);
            case MINUS, SUBTRACT -> zoom(1 / STEP);
            case DIGIT0, NUMPAD0 -> surface.resetView();
            case C -> scatter.cycleColour();
            case D -> scatter.densityProperty().set(!scatter.densityProperty().get());
            case O -> scatter.anatomyShownProperty()
                    .set(!scatter.anatomyShownProperty().get());
            case P -> scatter.use(ScatterMouse.Tool.PAN);
            case R -> scatter.use(ScatterMouse.Tool.RECTANGLE);
            case A -> scatter.use(ScatterMouse.Tool.LASSO);
            default -> used = false;
        }
        if (used) {
            e.consume();
        }
    }

    private void zoom(double factor) {
        mouse.zoom(factor, surface.getWidth() / 2, surface.getHeight() / 2);
    }
}
