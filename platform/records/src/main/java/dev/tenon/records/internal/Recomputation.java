package dev.tenon.records.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.ComputedFields.Outcome;
import dev.tenon.records.ComputedFields.Place;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.internal.RecomputationStages.Stage;
import dev.tenon.records.internal.RecomputedPage.Done;
import dev.tenon.sdk.error.PlatformException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings computed fields of existing records up, stage by stage and page by page. */
public final class Recomputation {

    private final Ports ports;
    private final CheckedModel compiled;
    private final Identity identity;
    private final PageSize size = new PageSize();
    private long done;
    private long changed;
    private long failures;
    private @Nullable PlatformException firstFailure;

    public Recomputation(Ports ports, CheckedModel compiled, Identity identity) {
        this.ports = ports;
        this.compiled = compiled;
        this.identity = identity;
    }

    /** Whose records are computed, in this order; an object comes twice where fields of it are made of others of it. */
    public static List<String> objects(CheckedModel compiled, Collection<Model> before) {
        return RecomputationStages.of(compiled, before).stream()
                .map(Stage::object)
                .toList();
    }

    public Outcome run(Collection<Model> before, Optional<Place> from, Consumer<Place> progress) {
        List<Stage> stages = RecomputationStages.of(compiled, before);
        // Of other stages than those that were interrupted it begins anew.
        Optional<Place> reached = from.filter(place -> place.stage() < stages.size()
                && stages.get(place.stage()).object().equals(place.object()));
        done = reached.map(Place::done).orElse(0L);
        for (int i = reached.map(Place::stage).orElse(0); i < stages.size(); i++) {
            int stage = i;
            all(
                    stages.get(i),
                    i,
                    reached.filter(place -> place.stage() == stage).map(Place::last),
                    progress);
        }
        return new Outcome(changed, failures, Optional.ofNullable(firstFailure));
    }

    private void all(Stage stage, int number, Optional<UUID> from, Consumer<Place> progress) {
        Optional<UUID> last = from;
        do {
            Optional<UUID> behind = last;
            Done page = size.measured(limit -> Conflicts.retrying(
                    () -> ports.store().givingWay(identity.tenant(), () -> page(stage, behind, limit))));
            note(page);
            page.reached().ifPresent(id -> progress.accept(new Place(number, stage.object(), id, done)));
            last = page.last();
        } while (last.isPresent());
    }

    private void note(Done page) {
        done += page.records();
        changed += page.changed();
        failures += page.failures().size();
        if (firstFailure == null && !page.failures().isEmpty()) {
            firstFailure = page.failures().getFirst();
        }
    }

    private Done page(Stage stage, Optional<UUID> last, int limit) {
        Viewpoint viewpoint = new Viewpoint(
                compiled,
                identity,
                ports.clock().instant(),
                ports.sealed(identity.tenant(), HistoryEntry.Channel.SYSTEM));
        SaveContext context = SaveContext.outermost(ports, viewpoint, HistoryEntry.Channel.SYSTEM);
        return new RecomputedPage(context, stage).compute(last, limit);
    }
}
