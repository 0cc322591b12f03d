package dev.tenon.tenancy.port;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.ErrorDetail;
import java.util.List;

/** What may speak against putting a model in force that is right in itself. */
@FunctionalInterface
public interface PublicationVeto {

    /** Nobody objects. */
    PublicationVeto NONE = (tenant, before, next) -> List.of();

    /**
     * Asked before anything is changed, also for dry runs.
     *
     * @return what is wrong; empty where nothing is
     */
    List<ErrorDetail> objections(String tenant, Model before, Model next);
}
