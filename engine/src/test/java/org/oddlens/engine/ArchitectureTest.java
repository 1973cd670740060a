package org.oddlens.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;

/** The borders inside the engine. A rule that must bend gets a decision record first, then an exception named here. */
@AnalyzeClasses(packages = "org.oddlens.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.oddlens.engine.";

    /** Package to the packages of ours it may use, itself aside. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("param", List.of()),
            Map.entry("data", List.of()),
            Map.entry("metric", List.of()),
            Map.entry("threshold", List.of("metric")),
            Map.entry("projection", List.of()),
            Map.entry("run", List.of("param", "data")),
            Map.entry("graph", List.of("run")),
            Map.entry("compute", List.of("graph", "run")),
            Map.entry("detector", List.of("param", "data", "projection", "run", "graph", "compute")),
            Map.entry("picture", List.of("data", "run")),
            Map.entry(
                    "study",
                    List.of(
                            "param",
                            "data",
                            "metric",
                            "threshold",
                            "projection",
                            "run",
                            "graph",
                            "compute",
                            "detector",
                            "picture")),
            Map.entry("device", List.of("run")),
            Map.entry("bench", List.of("graph", "compute", "run")),
            Map.entry("process", List.of("run", "study", "data", "device")),
            Map.entry("prepare", List.of("data", "run")),
            Map.entry("comparison", List.of("param", "run", "study", "data", "detector")),
            Map.entry(
                    "cli",
                    List.of(
                            "param",
                            "data",
                            "metric",
                            "threshold",
                            "projection",
                            "run",
                            "graph",
                            "compute",
                            "detector",
                            "picture",
                            "study",
                            "bench",
                            "device",
                            "process",
                            "comparison",
                            "prepare")));

    @ArchTest
    static final ArchRule packagesUseOnlyWhatTheTableAllows = classes()
            .should(new ArchCondition<>("use only the packages that the table of the architecture allows") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    List<String> allowed = MAY_USE.get(packageOf(user));
                    if (allowed == null) {
                        events.add(SimpleConditionEvent.violated(
                                user, user.getName() + " lies in a package that the table does not name"));
                        return;
                    }
                    user.getDirectDependenciesFromSelf().stream()
                            .filter(dependency ->
                                    dependency.getTargetClass().getName().startsWith(ROOT))
                            .filter(dependency -> {
                                String used = packageOf(dependency.getTargetClass());
                                return !used.equals(packageOf(user)) && !allowed.contains(used);
                            })
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(user, dependency.getDescription())));
                }
            });

    private static String packageOf(JavaClass type) {
        String inside = type.getPackageName().concat(".");
        return inside.startsWith(ROOT) ? inside.substring(ROOT.length(), inside.indexOf('.', ROOT.length())) : "";
    }

    @ArchTest
    static final ArchRule onlyTheComputingPackagesTouchNativeArrays = noClasses()
            .that(resideOutsideOfPackages(ROOT + "graph", ROOT + "compute..", ROOT + "detector..", ROOT + "bench"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
            .because("off-heap arrays must not outlive the run thread that owns them");

    @ArchTest
    static final ArchRule readersWorkWithoutNativeArrays = noClasses()
            .that(resideInAnyPackage(
                    ROOT + "param",
                    ROOT + "data",
                    ROOT + "run",
                    ROOT + "metric",
                    ROOT + "threshold",
                    ROOT + "projection",
                    ROOT + "device",
                    ROOT + "picture"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "graph..", ROOT + "compute..", ROOT + "detector..", ROOT + "bench..");

    @ArchTest
    static final ArchRule standardStreamsAreTouchedAtTheBorderOnly = noClasses()
            .that(resideOutsideOfPackages(ROOT + "cli", ROOT + "process"))
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .because("standard output carries the result or the protocol and nothing else");

    @ArchTest
    static final ArchRule noToolkit = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "javax.swing..", "org.oddlens.app..")
            .because("training must run on a server and in a test without a display");

    @ArchTest
    static final ArchRule onlyPicturesUseTheImagePartOfAwt = noClasses()
            .that(resideOutsideOfPackages(ROOT + "picture"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.imageio..");

    @ArchTest
    static final ArchRule picturesNeedNoDisplay = noClasses()
            .that()
            .resideInAPackage(ROOT + "picture")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.awt", "java.awt.event..", "java.awt.font..", "java.awt.geom..")
                            .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                    JavaClass.Predicates.equivalentTo(java.awt.Color.class))))
            .because("only java.awt.image and java.awt.Color work without fonts and a display on every system");

    @ArchTest
    static final ArchRule loadingAFileNeverRunsCode = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectOutputStream");

    /**
     * The engine's run, question and heartbeat threads, the client's reader and watch, the CLI's Ctrl+C hook, and the
     * workers of an executor, which end with it.
     */
    @ArchTest
    static final ArchRule threadsAreMadeInFourPlaces = noClasses()
            .that(resideOutsideOfPackages(ROOT + "process"))
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "cli.InterruptibleRun")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "compute.plan.Workers")
            .should()
            .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                            JavaClass.Predicates.assignableTo(Thread.class))))
            .because("a run has one thread, and whoever makes another must say who ends it");

    @ArchTest
    static final ArchRule noAmbientRandomness = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .callMethod(Math.class, "random")
            .because("every draw comes from a named stream of the run's seed");

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}
