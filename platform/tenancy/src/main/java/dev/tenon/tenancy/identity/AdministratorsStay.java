package dev.tenon.tenancy.identity;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.tenancy.port.PublicationVeto;
import java.util.List;
import java.util.Map;

/** No change of permission sets takes the right to manage users from the last who has it. */
public final class AdministratorsStay implements PublicationVeto {

    private final IdentityStore store;

    public AdministratorsStay(IdentityStore store) {
        this.store = store;
    }

    @Override
    public List<ErrorDetail> objections(String tenant, Model before, Model next) {
        int had = store.countAble(tenant, Administration.administrating(before));
        int have = had == 0 ? 0 : store.countAble(tenant, Administration.administrating(next));
        return had > 0 && have == 0
                ? List.of(new ErrorDetail(IdentityError.LAST_ADMINISTRATOR, "", Map.of()))
                : List.of();
    }
}
