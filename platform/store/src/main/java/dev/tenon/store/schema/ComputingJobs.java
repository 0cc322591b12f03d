package dev.tenon.store.schema;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.tenancy.SchemaChange.Phase;
import dev.tenon.tenancy.port.SchemaEvolution.Computing;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Work on all records of objects, in the journal as a change that takes its time. */
final class ComputingJobs {

    private final Database database;
    private final Catalogue catalogue;
    private final SchemaJournal journal;
    private final StepListener listener;

    ComputingJobs(Database database, Catalogue catalogue, SchemaJournal journal, StepListener listener) {
        this.database = database;
        this.catalogue = catalogue;
        this.journal = journal;
        this.listener = listener;
    }

    Stream<String> tables(String tenant, Collection<String> objects) {
        Map<String, String> tables = catalogue.read(tenant).tables();
        return objects.stream().filter(tables::containsKey).map(tables::get);
    }

    void run(String tenant, Model inForce, List<String> objects, Initiator by, Consumer<Computing> work) {
        long total = tables(tenant, objects)
                .mapToLong(table -> database.dsl().fetchCount(Catalogue.at(tenant, table)))
                .sum();
        UUID id = journal.beginComputing(tenant, inForce.fingerprint(), total, by);
        try {
            work.accept((object, done) -> {
                listener.computed(tenant, object, done);
                if (!journal.progress(id, object, Phase.COMPUTING, Math.min(done, total), total)) {
                    throw StepProgress.cancelled(tenant);
                }
            });
            if (!journal.endUnlessCancelled(id)) {
                throw StepProgress.cancelled(tenant);
            }
        } catch (PlatformException e) {
            if (e.code() == StoreError.SCHEMA_CHANGE_CANCELLED) {
                journal.endCancelled(id);
            } else {
                journal.giveUp(id, e.code().id());
            }
            throw e;
        } catch (RuntimeException e) {
            journal.giveUp(id, e.getClass().getName());
            throw e;
        }
    }
}
