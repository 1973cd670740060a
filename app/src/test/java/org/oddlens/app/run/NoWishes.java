package org.oddlens.app.run;

/** A user of the run page who wants nothing. */
final class NoWishes implements RunPage.Wishes {
    @Override
    public void train() {}

    @Override
    public void chooseLabel() {}

    @Override
    public void swapLabels() {}

    @Override
    public void changeSplit() {}

    @Override
    public void resume() {}

    @Override
    public void loadSettings() {}
}
