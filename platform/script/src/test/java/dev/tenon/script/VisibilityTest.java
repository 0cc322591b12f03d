package dev.tenon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilityExpr;
import dev.tenon.sdk.approval.VisibilitySymbols;
import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VisibilityTest {

    private static ScriptEngine engine;

    private final VisibilitySymbols.Viewer me = new VisibilitySymbols.Viewer();
    private final VisibilitySymbols.Item item = new VisibilitySymbols.Item();

    @BeforeAll
    static void start() {
        engine = new ScriptEngine(ScriptSettings.defaults().withWorkers(1, 1).withLanes(8, 6, Duration.ofSeconds(60)));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Visibility policy(String process, String source) {
        return engine.handlers()
                .visibility("market", new ScriptModules("custom", Map.of("p.js", source)), "p.js", process);
    }

    private static PlatformException refused(String source) {
        return catchThrowableOfType(PlatformException.class, () -> policy("ns__p", source));
    }

    @Test
    void theRuleOfTheOfferApprovalBecomesTheSameTreeAsInJava() {
        Visibility visibility = policy("recruiting__offer_approval", """
                approval.visibility("offer_approval", ({ me, item, inst }) => contentOnly(
                    item.author.is(me).or(item.actingFor.is(me))
                    .or(item.nodeClosedSeq.le(me.participation.lastActivatedSeq))
                    .or(item.audience.contains(me)) ));
                """);
        assertThat(visibility)
                .isEqualTo(Visibility.contentOnly(item.author()
                        .is(me.id())
                        .or(item.actingFor().is(me.id()))
                        .or(item.nodeClosedSeq().le(me.lastActivatedSeq()))
                        .or(item.audience().contains(me.id()))));
    }

    @Test
    void allLevelsOperatorsAndLiteralsAreThere() {
        Visibility visibility = policy("ns__p", """
                approval.visibility("ns__p", ({ me, item, inst }) => visibility({
                  existence: item.kind.in("COMMENT", "DECISION").and(item.round.lt(3), item.audience.isNull().not()),
                  decision: inst.state.eq("APPROVED"),
                  actor: true,
                }));
                """);
        assertThat(visibility.content()).isEqualTo(VisibilityExpr.TRUE);
        assertThat(visibility.actor()).isEqualTo(VisibilityExpr.TRUE);
        assertThat(visibility.decision())
                .isEqualTo(new VisibilitySymbols.Approval().state().eq(new VisibilityExpr.Literal("APPROVED")));
        assertThat(visibility.existence())
                .isEqualTo(new VisibilityExpr.Operation(
                        "and",
                        List.of(
                                new VisibilityExpr.Operation(
                                        "in",
                                        List.of(
                                                item.kind(),
                                                new VisibilityExpr.Literal("COMMENT"),
                                                new VisibilityExpr.Literal("DECISION"))),
                                item.round().lt(new VisibilityExpr.Literal(3L)),
                                item.audience().isNull().not())));
    }

    @Test
    void existenceHidesEverything() {
        assertThat(policy("ns__p", "approval.visibility('ns__p', ({ me, item }) => existence(item.author.is(me)));"))
                .isEqualTo(Visibility.existence(item.author().is(me.id())));
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        PlatformException failure =
                refused("approval.visibility('ns__p', ({ me, item }) =>\n  contentOnly(item.autor.is(me)));");
        assertThat(failure.code()).isEqualTo(ScriptError.FAILED);
        assertThat(failure.args().get("message").toString()).contains("did you mean \"author\"?");
        assertThat(failure.source().orElseThrow().line()).isEqualTo(2);
        assertThat(refused("").args().get("message").toString()).contains("no rule is registered");
        assertThat(refused("approval.visibility('x', () => 1);")
                        .args()
                        .get("message")
                        .toString())
                .contains("there are rules for x");
        assertThat(refused("approval.visibility('ns__p', () => true);")
                        .args()
                        .get("message")
                        .toString())
                .contains("must return contentOnly");
        assertThat(refused("approval.visibility('ns__p', ({ item }) => contentOnly(item.seq < 3));")
                        .args()
                        .get("message")
                        .toString())
                .isNotEmpty();
        assertThat(refused("approval.visibility('ns__p', ({ item }) => { for (;;) {} });")
                        .code())
                .isEqualTo(ScriptError.TIMEOUT);
    }
}
