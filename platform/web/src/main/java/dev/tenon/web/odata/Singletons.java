package dev.tenon.web.odata;

import dev.tenon.tenancy.Tenant;
import dev.tenon.tenancy.Tenants;
import java.util.List;
import java.util.UUID;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.springframework.stereotype.Component;

/** The two things of which every caller has exactly one: himself and his tenant. */
@Component
class Singletons {

    private final Tenants tenants;

    Singletons(Tenants tenants) {
        this.tenants = tenants;
    }

    /** The caller's own record, with the rights that he has on it. */
    ODataAnswer me(Asked asked) {
        UriInfoResource options = asked.options();
        UUID id = asked.session().identity().user().id();
        Shape shape = asked.translation().shape(ModelEdm.USERS, options.getSelectOption(), options.getExpandOption());
        return DataRequests.known(
                asked, DataRequests.require(asked, ModelEdm.USERS, id, shape), shape, ModelEdm.ME, "");
    }

    ODataAnswer tenant(Asked asked) {
        Tenant tenant = tenants.require(asked.session().identity().tenant());
        List<String> selected =
                QueryTranslation.properties(asked.options().getSelectOption(), ModelEdm.TENANT_PROPERTIES);
        String context = selected.equals(ModelEdm.TENANT_PROPERTIES) ? "" : "(" + String.join(",", selected) + ")";
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "#" + ModelEdm.TENANT + context);
            for (String property : selected) {
                json.writeStringProperty(property, property.equals(ModelEdm.TENANT_KEY) ? tenant.key() : tenant.name());
            }
            json.writeEndObject();
        });
    }
}
