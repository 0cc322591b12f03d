package dev.tenon.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rooms and their arrows. Maven keeps a missing dependency out; this keeps out what a dependency would allow. */
class ArchitectureTest {

    private static final JavaClasses PLATFORM = PlatformCode.CLASSES;

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(field -> DynamicTest.dynamicTest(
                        field.getName(), () -> rule(field).check(PLATFORM)));
    }

    private static ArchRule rule(Field field) throws IllegalAccessException {
        return (ArchRule) field.get(null);
    }

    private static final String[] PURE_ROOMS = {
        "dev.tenon.sdk..",
        "dev.tenon.metadata..",
        "dev.tenon.expression..",
        "dev.tenon.access..",
        "dev.tenon.records..",
        "dev.tenon.approval..",
        "dev.tenon.tenancy..",
        "dev.tenon.automation..",
        "dev.tenon.script.."
    };

    static final ArchRule callsGoLeftAndNothingOnTheLeftKnowsTheRight = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("sdk")
            .definedBy("dev.tenon.sdk..")
            .layer("metadata")
            .definedBy("dev.tenon.metadata..")
            .layer("expression")
            .definedBy("dev.tenon.expression..")
            .layer("access")
            .definedBy("dev.tenon.access..")
            .layer("records")
            .definedBy("dev.tenon.records..")
            .layer("approval")
            .definedBy("dev.tenon.approval..")
            .layer("tenancy")
            .definedBy("dev.tenon.tenancy..")
            .layer("automation")
            .definedBy("dev.tenon.automation..")
            .layer("script")
            .definedBy("dev.tenon.script..")
            .layer("plugin-host")
            .definedBy("dev.tenon.plugin..")
            .layer("store")
            .definedBy("dev.tenon.store..")
            .layer("web")
            .definedBy("dev.tenon.web..")
            .layer("app")
            .definedBy("dev.tenon.app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("script")
            .mayOnlyBeAccessedByLayers("web", "app")
            .whereLayer("plugin-host")
            .mayOnlyBeAccessedByLayers("web", "app")
            .whereLayer("approval")
            .mayOnlyBeAccessedByLayers("tenancy", "automation", "store", "web", "app")
            .whereLayer("tenancy")
            .mayOnlyBeAccessedByLayers("automation", "store", "web", "app")
            .whereLayer("automation")
            .mayOnlyBeAccessedByLayers("store", "web", "app")
            .whereLayer("records")
            .mayOnlyBeAccessedByLayers("approval", "tenancy", "automation", "store", "web", "app")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers("records", "approval", "tenancy", "automation", "store", "web", "app")
            .whereLayer("expression")
            .mayOnlyBeAccessedByLayers("access", "records", "approval", "tenancy", "automation", "store", "web", "app")
            .because("later work adds depth to a room, not arrows between rooms");

    static final ArchRule theRoomsOfTheDomainKnowNoFramework = noClasses()
            .that()
            .resideInAnyPackage(PURE_ROOMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta.servlet..", "java.sql..", "javax.sql..", "org.jooq..")
            .because("Spring lives in store, web and app; SQL in store; HTTP in web");

    static final ArchRule onlyTheStoreTouchesSql = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tenon.store..", "dev.tenon.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.jooq..", "org.springframework.jdbc..", "org.flywaydb..")
            .because("a query made elsewhere would not carry the rights of its reader");

    static final ArchRule onlyTheScriptRoomTouchesGraal = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tenon.script..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.graalvm..")
            .because("a script must never run in the server's process");

    static final ArchRule onlyThePluginHostTouchesPf4j = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tenon.plugin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..")
            .because("plugins depend on the SDK alone, so the loader can be replaced");

    static final ArchRule onlyTheWebRoomSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tenon.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.servlet..",
                    "org.springframework.web..",
                    "org.springframework.security..",
                    "org.apache.olingo..");

    static final ArchRule internalsStayInTheirRoom = classes()
            .should(new ArchCondition<JavaClass>("use internals of their own room only") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    item.getDirectDependenciesFromSelf().forEach(dependency -> {
                        String target = dependency.getTargetClass().getPackageName();
                        int at = target.indexOf(".internal");
                        if (target.startsWith("dev.tenon.")
                                && at > 0
                                && !item.getPackageName().startsWith(target.substring(0, at))) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    });
                }
            });

    static final ArchRule rowsAreWrittenThroughTheDoorOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tenon.records..", "dev.tenon.store..", "dev.tenon.bench..")
            .and()
            // Holds the row of the record that is being submitted, so that it cannot change under the entry condition.
            .doNotHaveFullyQualifiedName("dev.tenon.approval.internal.CommandRunner")
            .should(callMethodWhere(rowAccess()))
            .because("the door to records checks every right; RecordStore checks none");

    static final ArchRule theRecycleBinIsOpenedThroughTheDoorOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tenon.records..", "dev.tenon.store..")
            .should(callMethodWhere(new DescribedPredicate<>("reads or writes a recycle bin") {
                @Override
                public boolean test(JavaMethodCall call) {
                    // What is removed when its time is over is shown to nobody.
                    return call.getTargetOwner().isEquivalentTo(RecycleBinStore.class)
                            && !call.getName().equals("removeExpired");
                }
            }))
            .because("deleted records are guarded as the others are");

    private static DescribedPredicate<JavaMethodCall> rowAccess() {
        Set<String> rowMethods = Set.of(
                "query",
                "aggregate",
                "lock",
                "lockWithHolds",
                "lockToDelete",
                "lockAfter",
                "matching",
                "matchKeys",
                "insert",
                "insertAll",
                "update",
                "writeComputed",
                "delete",
                "referring",
                "history",
                "attachments",
                "findAttachment",
                "insertAttachment");
        return new DescribedPredicate<>("reads or writes rows of the record store") {
            @Override
            public boolean test(JavaMethodCall call) {
                return call.getTargetOwner().isAssignableTo(RecordStore.class) && rowMethods.contains(call.getName());
            }
        };
    }

    static final ArchRule namesSayWhatDiffers = noClasses()
            .that(resideInAPackage("dev.tenon.."))
            .and()
            // A person's manager, and a class that is one of PF4J's plugin managers.
            .doNotHaveSimpleName("Manager")
            .and()
            .doNotHaveSimpleName("SinglePluginManager")
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    static final ArchRule everyPackageStatesItsPurposeAndItsNulls = classes()
            .that(resideInAnyPackage("dev.tenon..")
                    .and(new DescribedPredicate<JavaClass>("are not package descriptions") {
                        @Override
                        public boolean test(JavaClass type) {
                            return !type.getSimpleName().equals("package-info");
                        }
                    }))
            .should(new ArchCondition<>("be in a package with a @NullMarked package-info") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            item, marked, item.getName() + (marked ? " is" : " is not") + " in a described package"));
                }
            });
}
