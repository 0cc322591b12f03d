package dev.tenon.records;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.internal.CheckedModel;
import dev.tenon.records.internal.GuardedSession;
import dev.tenon.records.internal.MatchKeyBuilding;
import dev.tenon.records.internal.Ports;
import dev.tenon.records.internal.Recomputation;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.HoldStore;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.TenantSealing;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The door: every session pins the tenant's current model and puts the identity's rights into all it asks and saves. */
public final class GuardedRecords implements Records, ComputedFields, MatchedFields {

    private final ModelSource models;
    private final Ports ports;

    public GuardedRecords(
            ModelSource models,
            RecordStore store,
            RecycleBinStore bin,
            CodeRuntime code,
            HoldStore holds,
            List<SaveGuard> guards,
            FilePorts files,
            TenantSealing sealing,
            InstantSource clock) {
        this.models = models;
        this.ports = new Ports(store, bin, code, holds, guards, files, sealing, clock);
    }

    @Override
    public RecordSession open(Identity identity, HistoryEntry.Channel channel) {
        String tenant = identity.tenant();
        return GuardedSession.open(
                ports,
                checked(models.current(tenant)),
                version -> checked(models.newerThan(tenant, version)),
                identity,
                channel);
    }

    @Override
    public List<String> outdated(CompiledModel model, Collection<Model> before) {
        return Recomputation.objects(checked(model), before);
    }

    @Override
    public Outcome bringUp(
            CompiledModel model,
            Collection<Model> before,
            Identity identity,
            Optional<Place> from,
            Consumer<Place> progress) {
        return new Recomputation(ports, checked(model), identity.asSystem()).run(before, from, progress);
    }

    @Override
    public long begin(CompiledModel model, String object, Set<String> definitions) {
        return new MatchKeyBuilding(ports, checked(model)).begin(object, definitions);
    }

    @Override
    public Reached next(CompiledModel model, String object, Optional<UUID> last) {
        return new MatchKeyBuilding(ports, checked(model)).next(object, last);
    }

    private static CheckedModel checked(CompiledModel model) {
        if (model instanceof CheckedModel checked) {
            return checked;
        }
        throw new IllegalStateException("models are made by ExpressionModelCompiler");
    }
}
