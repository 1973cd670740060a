package org.oddlens.app.shell;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import org.oddlens.app.device.DeviceViewModel;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.run.DeviceUse;

/** What the engine does, and whether it computes on the card or on the processor. UI thread only. */
public final class EngineStatus {

    private final EngineDesk engine;
    private final DeviceChoice choice;
    private final DeviceViewModel devices;
    private final StringProperty banner;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("Engine is starting…");
    private String device = "";
    private DeviceUse use = DeviceUse.cpu();
    private boolean trains;

    /**
     * @param devices what is wished for, and what was found out about the card
     * @param banner  told why a card that is wished for is not used
     */
    EngineStatus(EngineDesk engine, DeviceChoice choice, DeviceViewModel devices, StringProperty banner) {
        this.engine = engine;
        this.choice = choice;
        this.devices = devices;
        this.banner = banner;
    }

    /** {@code detail} is the device when ready. */
    void changed(EngineClient.State state, String detail) {
        switch (state) {
            case STARTING -> text.set("Engine is starting…");
            case READY -> {
                device = detail;
                showTraining(trains); // a run may have been handed in while the engine started
            }
            case GONE -> text.set("Engine is starting again…");
        }
    }

    void showTraining(boolean on) {
        trains = on;
        text.set((trains ? "Engine trains – " : "Engine ready – ") + device);
    }

    /** The card if it is wished and works, else the processor; when a run trains, ask again after its end. */
    void chooseDevice() {
        if (devices.reportProperty().get() == null || trains) {
            return;
        }
        boolean wished = devices.wishedProperty().get();
        DeviceChoice.Chosen chosen =
                wished ? choice.choose(DeviceUse.CUDA, devices.reportProperty().get()) : choice.choose(DeviceUse.CPU);
        if (!chosen.use().equals(use)) {
            use = chosen.use();
            banner.set(use.reason());
            engine.use(chosen);
        }
    }

    /** Whether the engine that is ready computes on a card; it names its device, and the processor is called CPU. */
    boolean onCard() {
        return !device.isEmpty() && !device.equals(DeviceUse.cpu().name());
    }

    /** A sentence for the status bar. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }
}
