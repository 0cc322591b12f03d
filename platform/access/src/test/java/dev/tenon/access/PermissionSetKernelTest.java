package dev.tenon.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.sdk.ActingUser;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PermissionSetKernelTest {

    private static final String POSITION = "hr__Position";
    private static final String APPLICATION = "hr__Application";
    private static final String INTERVIEW = "hr__Interview";

    private static final Map<String, String> FILES = Map.of(
            "package.yaml", "{name: hr, namespace: hr, version: 1.0.0, title: HR}",
            "objects/Position.yaml", """
                    label: Position
                    pluralLabel: Positions
                    titleField: title
                    baseline: publicRead
                    fields:
                      title: {type: text, label: Title, maxLength: 50}
                      budget: {type: decimal, label: Budget, precision: 12, scale: 2}
                      manager: {type: lookup, label: Manager, target: sys__User}
                      applications: {type: rollUp, label: Applications, object: Application, via: position, function: count}
                    """,
            "objects/Application.yaml", """
                    label: Application
                    pluralLabel: Applications
                    titleField: name
                    baseline: private
                    recordTypes: {campus: {label: Campus}, social: {label: Social}}
                    fields:
                      name: {type: text, label: Name, maxLength: 50}
                      position: {type: lookup, label: Position, target: Position}
                      salary: {type: decimal, label: Salary, precision: 12, scale: 2}
                      note: {type: text, label: Note, maxLength: 50, readOnly: true}
                      double: {type: formula, label: Double, result: {type: decimal, precision: 14, scale: 2}, expression: "salary * 2.0"}
                      quadruple: {type: formula, label: Quadruple, result: {type: decimal, precision: 14, scale: 2}, expression: "double * 2.0"}
                      overBudget: {type: formula, label: Over, result: {type: boolean}, expression: "salary > position.budget"}
                      managersName: {type: formula, label: Manager, result: {type: text, maxLength: 100}, expression: "position.manager.name"}
                    """,
            "objects/Interview.yaml", """
                    label: Interview
                    pluralLabel: Interviews
                    titleField: at
                    baseline: controlledByParent
                    fields:
                      application: {type: masterDetail, label: Application, target: Application}
                      at: {type: date, label: At}
                      rating: {type: formula, label: Rating, result: {type: decimal, precision: 14, scale: 2}, expression: "application.salary * 1.0"}
                    """,
            "permissions/owner.yaml", """
                    label: Owner
                    objects:
                      Application: {create: true, read: true, edit: true, fieldDefault: edit, fields: {salary: none}}
                      Interview: {read: true, edit: true, delete: true, fieldDefault: edit}
                    """,
            "permissions/campus.yaml", """
                    label: Campus
                    objects:
                      Application: {create: true, recordTypes: [campus]}
                    """,
            "permissions/social.yaml", """
                    label: Social
                    objects:
                      Application: {create: true, read: true, edit: true, recordTypes: [social]}
                    """,
            "permissions/locker.yaml", """
                    label: Locker
                    objects:
                      Application: {read: true, lock: true, editLocked: true}
                    """,
            "permissions/manager.yaml", """
                    label: Manager
                    objects:
                      Position: {read: true, edit: true, scope: all, editScope: "manager == me", fieldDefault: read}
                      Application: {read: true, edit: true, scope: "position.manager == me", editScope: own, fieldDefault: read}
                      Interview: {read: true, fieldDefault: read}
                    """,
            "permissions/all.yaml", """
                    label: All
                    system: [manageUsers]
                    objects:
                      Position: {read: true, scope: all, fieldDefault: read, fields: {budget: none}}
                      Application: {read: true, scope: all, fieldDefault: read}
                    """);

    private final Model model = model(FILES);
    private final PermissionSetKernel kernel = new PermissionSetKernel(model, List.of());

    private static Model model(Map<String, String> files) {
        return Models.compile("t", 1, List.of(PackageReader.read(files).orThrow()))
                .orThrow();
    }

    private static Identity holding(String... sets) {
        ActingUser user = new ActingUser("t", new UUID(0, 1), "Ada", Locale.ENGLISH, ZoneOffset.UTC);
        return new Identity(user, Identity.Kind.USER, Set.of(sets));
    }

    private Expr condition(String object, String text) {
        return ExpressionCompiler.compile(text, Scope.of(model, object), ValueType.Simple.BOOLEAN)
                .orThrow();
    }

    @Test
    void whatNoSetGrantsIsUnknown() {
        ObjectAccess access = kernel.access(holding(), APPLICATION);

        assertThat(access.describable()).isFalse();
        assertThat(access.read()).isEqualTo(Expr.FALSE);
        assertThat(access)
                .isEqualTo(new ObjectAccess(
                        APPLICATION, false, false, Expr.FALSE, Expr.FALSE, Expr.FALSE, Map.of(), Map.of(), Set.of()));
        assertThat(kernel.access(holding("hr__owner"), "hr__Nothing").describable())
                .isFalse();
        assertThat(kernel.access(holding("gone__set"), APPLICATION).describable())
                .isFalse();
    }

    @Test
    void whoMayEditNothingHasNothingToLock() {
        ObjectAccess reader = kernel.access(holding("hr__locker"), APPLICATION);
        assertThat(reader.lock()).isFalse();
        assertThat(reader.editLocked()).isFalse();

        ObjectAccess editor = kernel.access(holding("hr__owner"), APPLICATION);
        assertThat(editor.lock()).as("is not part of the right to edit").isFalse();
        assertThat(editor.editLocked()).isFalse();

        ObjectAccess both = kernel.access(holding("hr__locker", "hr__owner"), APPLICATION);
        assertThat(both.lock()).isTrue();
        assertThat(both.editLocked()).isTrue();
        assertThat(kernel.explain(holding("hr__locker", "hr__owner"), APPLICATION)
                        .grants())
                .extracting(Explanation.Grant::source, Explanation.Grant::right)
                .contains(tuple("hr__locker", "lock"), tuple("hr__locker", "editLocked"));
        Identity engine = new Identity(holding().user(), Identity.Kind.SYSTEM, Set.of());
        assertThat(kernel.access(engine, APPLICATION).lock()).isTrue();
    }

    @Test
    void recordTypesAddUpOverTheSetsThatGiveTheRightItself() {
        ObjectAccess one = kernel.access(holding("hr__campus"), APPLICATION);
        assertThat(one.mayHaveType("campus", true)).isTrue();
        assertThat(one.mayHaveType("social", true)).isFalse();
        assertThat(one.mayHaveType("campus", false)).as("no right to edit").isFalse();

        ObjectAccess read = kernel.access(holding("hr__campus", "hr__all"), APPLICATION);
        assertThat(read.mayHaveType("social", true)).as("a set that only reads").isFalse();

        ObjectAccess two = kernel.access(holding("hr__campus", "hr__social"), APPLICATION);
        assertThat(two.mayHaveType("social", true)).isTrue();
        assertThat(two.mayHaveType("social", false)).isTrue();
        assertThat(two.mayHaveType("campus", false)).isFalse();

        ObjectAccess any = kernel.access(holding("hr__campus", "hr__owner"), APPLICATION);
        assertThat(any.mayHaveType("social", true)).as("a set that names none").isTrue();
    }

    @Test
    void aSetWithoutAScopeReachesOwnRecords() {
        assertThat(kernel.access(holding("hr__owner"), APPLICATION).read())
                .isEqualTo(condition(APPLICATION, "owner == me"));
    }

    @Test
    void grantsAddUpAndWhatAddsNothingIsLeftOut() {
        assertThat(kernel.access(holding("hr__owner", "hr__manager"), APPLICATION)
                        .read())
                .isEqualTo(condition(APPLICATION, "owner == me || position.manager == me"));
        assertThat(kernel.access(holding("hr__owner", "hr__manager", "hr__all"), APPLICATION)
                        .read())
                .isEqualTo(Expr.TRUE);
    }

    @Test
    void onlyWhatMayBeReadMayBeChanged() {
        ObjectAccess access = kernel.access(holding("hr__manager"), POSITION);

        assertThat(access.read()).isEqualTo(Expr.TRUE);
        assertThat(access.update()).isEqualTo(condition(POSITION, "owner == me || manager == me"));
        assertThat(access.delete()).isEqualTo(Expr.FALSE);
        assertThat(access.create()).isFalse();
    }

    @Test
    void aPartIsReachedWhereItsWholeIs() {
        assertThat(kernel.access(holding("hr__manager"), INTERVIEW).read())
                .isEqualTo(condition(INTERVIEW, "application.owner == me || application.position.manager == me"));
        assertThat(kernel.access(holding("hr__owner"), INTERVIEW).update())
                .as("in the words of the master")
                .isEqualTo(Expr.and(
                        condition(INTERVIEW, "application.owner == me"),
                        condition(INTERVIEW, "application.owner == me || owner == me")));
    }

    @Test
    void theHighestLevelOfAFieldCounts() {
        assertThat(kernel.access(holding("hr__owner"), APPLICATION).mayRead("salary"))
                .isFalse();
        ObjectAccess both = kernel.access(holding("hr__owner", "hr__manager"), APPLICATION);
        assertThat(both.fields())
                .containsEntry("salary", FieldAccess.READ)
                .containsEntry("name", FieldAccess.EDIT)
                .containsEntry("note", FieldAccess.READ)
                .containsEntry("double", FieldAccess.READ)
                .containsEntry("createdAt", FieldAccess.READ)
                .containsEntry("owner", FieldAccess.EDIT);
    }

    @Test
    void aFormulaIsAsSecretAsItsInputs() {
        ObjectAccess owner = kernel.access(holding("hr__owner"), APPLICATION);
        assertThat(owner.mayRead("double")).isFalse();
        assertThat(owner.mayRead("quadruple")).as("over another formula").isFalse();
        assertThat(kernel.access(holding("hr__owner"), INTERVIEW).mayRead("rating"))
                .as("over a lookup")
                .isFalse();
        assertThat(kernel.access(holding("hr__all"), APPLICATION).mayRead("overBudget"))
                .as("the position's budget is hidden")
                .isFalse();
        assertThat(kernel.access(holding("hr__manager"), APPLICATION).mayRead("overBudget"))
                .isTrue();
    }

    @Test
    void aFormulaOverALookupIsReadOnlyWithTheRecordItLooksAt() {
        ObjectAccess access = kernel.access(holding("hr__manager"), INTERVIEW);

        assertThat(access.conditions())
                .containsEntry(
                        "rating",
                        condition(
                                INTERVIEW,
                                "application.owner == me || application.position.manager == me || application == null"));
        assertThat(kernel.access(holding("hr__manager"), APPLICATION).conditions())
                .as("positions and users are public")
                .isEmpty();
    }

    @Test
    void aRollUpIsDecidedByItsOwnPermission() {
        assertThat(kernel.access(holding("hr__all"), POSITION).mayRead("applications"))
                .isTrue();
    }

    @Test
    void everybodyReadsUsersButOnlyTheRecipientANotification() {
        assertThat(kernel.access(holding(), "sys__User").read()).isEqualTo(Expr.TRUE);
        assertThat(kernel.access(holding(), "sys__User").update()).isEqualTo(Expr.FALSE);
        assertThat(kernel.access(holding(), "sys__Notification").read())
                .isEqualTo(condition("sys__Notification", "recipient == me"));
    }

    @Test
    void theEngineMayDoEverything() {
        ObjectAccess access = kernel.access(holding().asSystem(), APPLICATION);

        assertThat(access.read()).isEqualTo(Expr.TRUE);
        assertThat(access.delete()).isEqualTo(Expr.TRUE);
        assertThat(access.mayEdit("note")).isTrue();
        assertThat(kernel.holds(holding().asSystem(), SystemPermission.CUSTOMIZE))
                .isTrue();
    }

    @Test
    void systemRightsAreHeldThroughAnySet() {
        assertThat(kernel.holds(holding("hr__owner", "hr__all"), SystemPermission.MANAGE_USERS))
                .isTrue();
        assertThat(kernel.holds(holding("hr__owner"), SystemPermission.MANAGE_USERS))
                .isFalse();
    }

    @Test
    void aRestrictionReplacesGrantsAndHidesCells() {
        Expr shown = condition(APPLICATION, "name == 'x'");
        AccessRestriction rule = (object, identity, k) -> object.equals(APPLICATION)
                ? Optional.of(
                        new AccessRestriction.Rules(condition(APPLICATION, "salary > 1.0"), Map.of("salary", shown)))
                : Optional.empty();
        PermissionSetKernel ruled = new PermissionSetKernel(model, List.of(rule));

        ObjectAccess access = ruled.access(holding("hr__all"), APPLICATION);

        assertThat(access.read()).isEqualTo(condition(APPLICATION, "salary > 1.0"));
        assertThat(access.conditions()).containsEntry("salary", shown).containsEntry("quadruple", shown);
        assertThat(ruled.access(holding(), APPLICATION).describable()).isFalse();
    }

    @Test
    void partsOfAFieldAreAsSecretAsTheField() {
        Map<String, String> files = new HashMap<>(FILES);
        files.computeIfPresent(
                "objects/Application.yaml",
                (f, text) -> text.replace("salary: {type: decimal", "salary: {type: currency")
                        + "  dollars: {type: formula, label: D, result: {type: boolean}, expression: \"salaryCurrency == 'USD'\"}\n");
        Model parted = model(files);
        Expr shown = ExpressionCompiler.compile("name == 'x'", Scope.of(parted, APPLICATION), ValueType.Simple.BOOLEAN)
                .orThrow();
        AccessRestriction rule = (object, identity, k) -> object.equals(APPLICATION)
                ? Optional.of(new AccessRestriction.Rules(Expr.TRUE, Map.of("salary", shown)))
                : Optional.empty();

        ObjectAccess ruled = new PermissionSetKernel(parted, List.of(rule)).access(holding("hr__all"), APPLICATION);
        assertThat(ruled.conditions())
                .containsEntry("salaryCurrency", shown)
                .containsEntry("salaryConverted", shown)
                .containsEntry("dollars", shown);
        ObjectAccess owner = new PermissionSetKernel(parted, List.of()).access(holding("hr__owner"), APPLICATION);
        assertThat(List.of("salary", "salaryCurrency", "salaryConverted", "dollars"))
                .noneMatch(owner::mayRead);

        files.computeIfPresent(
                "permissions/manager.yaml",
                (f, text) -> text.replace("position.manager == me", "salaryConverted > 1.0"));
        assertThat(new PermissionSetKernel(model(files), List.of()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail().code().id()).isEqualTo("expression.only-in-queries"));
    }

    @Test
    void theExplanationNamesSetsAndScopesButNoHiddenField() {
        Explanation told = kernel.explain(holding("hr__owner", "hr__manager"), APPLICATION);

        assertThat(told.grants())
                .contains(
                        new Explanation.Grant("baseline", "read", "own"),
                        new Explanation.Grant("hr__owner", "create", "all"),
                        new Explanation.Grant("hr__manager", "read", "own || (position.manager == me)"));
        assertThat(kernel.explain(holding("hr__owner"), APPLICATION).fields()).doesNotContainKey("salary");
        assertThat(kernel.explain(holding(), APPLICATION).grants()).isEmpty();
    }

    @Test
    void aScopeThatCannotBeCompiledIsToldAtItsPlaceAndGrantsNothing() {
        Map<String, String> files = new HashMap<>(FILES);
        files.computeIfPresent(
                "permissions/manager.yaml", (f, text) -> text.replace("position.manager", "position.boss"));
        Model broken = model(files);

        assertThat(new PermissionSetKernel(broken, List.of()).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.detail().code().id()).isEqualTo("expression.unknown-name");
                    assertThat(problem.source().file()).isEqualTo("permissions/manager.yaml");
                    assertThat(problem.source().line()).isEqualTo(4);
                });
        assertThat(new PermissionSetKernel(broken, List.of())
                        .access(holding("hr__manager"), APPLICATION)
                        .read())
                .isEqualTo(condition(APPLICATION, "owner == me"));
    }
}
