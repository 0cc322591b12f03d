package dev.tenon.automation.internal;

import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.automation.port.MatchKeyBuilds;
import dev.tenon.automation.port.MatchKeyBuilds.Job;
import dev.tenon.automation.port.MatchKeyBuilds.Reached;
import dev.tenon.automation.port.MatchKeyBuilds.State;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.MatchedFields;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the keys of duplicate rules for records that are older than the rules. */
public final class MatchKeyWork {

    private static final Logger LOG = System.getLogger(MatchKeyWork.class.getName());

    private final MatchKeyBuilds store;
    private final MatchedFields fields;
    private final ModelSource models;
    private final Node node;

    public MatchKeyWork(MatchKeyBuilds store, MatchedFields fields, ModelSource models, Node node) {
        this.store = store;
        this.fields = fields;
        this.models = models;
        this.node = node;
    }

    public void run(String tenant) {
        node.each((now, until) -> store.claim(tenant, node.name(), now, until), job -> {
            if (models.current(tenant).model().version() < job.version()) {
                // This node has yet to hear of the model; its next look finds it, if no other node is quicker.
                store.release(tenant, job.id(), node.name());
                return false;
            }
            run(tenant, job);
            return true;
        });
    }

    private void run(String tenant, Job job) {
        try {
            build(tenant, job);
        } catch (PlatformException fault) {
            if (ImportRun.passesBy(fault)) {
                throw fault;
            }
            LOG.log(Level.WARNING, "keys of duplicate rules of " + job.object() + ", tenant " + tenant, fault);
            end(tenant, job, State.FAILED, fault.code().id());
        }
    }

    private void build(String tenant, Job job) {
        Reached reached = job.reached();
        if (reached.total() < 0) {
            long total = fields.begin(models.current(tenant), job.object(), job.definitions());
            reached = new Reached(Optional.empty(), 0, total);
        }
        boolean more = reached.total() > 0;
        while (more) {
            Standing standing = store.advance(tenant, job.id(), node.name(), reached, node.claim());
            if (standing == Standing.LOST) {
                return;
            }
            if (standing == Standing.STOP) {
                end(tenant, job, State.CANCELED, null);
                return;
            }
            if (node.stops()) {
                store.release(tenant, job.id(), node.name());
                return;
            }
            MatchedFields.Reached next = next(models.current(tenant), job.object(), reached.last());
            reached = new Reached(next.last(), reached.processed() + next.done(), reached.total());
            more = next.last().isPresent();
        }
        store.advance(tenant, job.id(), node.name(), reached, node.claim());
        end(tenant, job, State.DONE, null);
    }

    /** A model that comes meanwhile notes its own work; this one's keys are then made by its rules. */
    private MatchedFields.Reached next(CompiledModel model, String object, Optional<UUID> last) {
        try {
            return fields.next(model, object, last);
        } catch (PlatformException changed) {
            if (changed.code() != RecordsError.MODEL_CHANGED) {
                throw changed;
            }
            return fields.next(
                    models.newerThan(model.model().tenant(), model.model().version()), object, last);
        }
    }

    private void end(String tenant, Job job, State state, @Nullable String failure) {
        store.end(tenant, job.id(), node.name(), state, failure, node.now());
    }
}
