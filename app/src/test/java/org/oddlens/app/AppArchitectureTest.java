package org.oddlens.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import javafx.application.Platform;

/** The borders inside the window's module. */
@AnalyzeClasses(packages = "org.oddlens.app", importOptions = DoNotIncludeTests.class)
class AppArchitectureTest {

    @ArchTest
    static final ArchRule viewModelsKnowNoControls = noClasses()
            .that()
            .haveSimpleNameEndingWith("ViewModel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..")
            .because("they are tested without a window");

    @ArchTest
    static final ArchRule oneDoorToTheUiThread = noClasses()
            .that()
            .resideOutsideOfPackage("..app.fx..")
            .and()
            .doNotHaveFullyQualifiedName(OffScreenWindow.class.getName())
            .should()
            .callMethod(Platform.class, "runLater", Runnable.class)
            .because("crossing threads goes through CoalescingFeed, which batches; OffScreenWindow has no feed");

    @ArchTest
    static final ArchRule noArraysOfTheEngine = noClasses()
            .that()
            .areNotAssignableTo(SelfTest.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
            .because("the window and the training never share a process");

    @ArchTest
    static final ArchRule chartsKnowNothingOfTheEngine = noClasses()
            .that()
            .resideInAPackage("..app.chart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.oddlens.engine..")
            .because("they draw plain numbers");

    @ArchTest
    static final ArchRule dataPageStandsAlone = standsAlone("dataset", "..app.run..", "..app.setup..", "..app.shell..");

    @ArchTest
    static final ArchRule runPageStandsAlone = standsAlone("run", "..app.dataset..", "..app.setup..", "..app.shell..");

    @ArchTest
    static final ArchRule devicePageStandsAlone =
            standsAlone("device", "..app.dataset..", "..app.run..", "..app.setup..", "..app.shell..");

    @ArchTest
    static final ArchRule cardStandsAlone =
            standsAlone("card", "..app.dataset..", "..app.run..", "..app.setup..", "..app.shell..");

    @ArchTest
    static final ArchRule setupStandsAlone = standsAlone("setup", "..app.dataset..", "..app.run..", "..app.shell..");

    private static ArchRule standsAlone(String page, String... others) {
        return noClasses()
                .that()
                .resideInAPackage("..app." + page + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("pages meet in the shell only");
    }
}
