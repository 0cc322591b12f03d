package dev.tenon.approval.internal;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Provenance.Contribution;
import dev.tenon.sdk.error.ErrorSource;
import java.util.List;

/** Where in the packages' files something stands. */
final class Places {

    private Places() {}

    /** The place of the value in force, else the element's own package. */
    static ErrorSource of(Model model, ElementKey element, String property, String origin) {
        List<Contribution> layers = model.provenance().of(element, property);
        if (!layers.isEmpty()) {
            return layers.getLast().source();
        }
        for (String any : model.provenance().properties(element)) {
            List<Contribution> other = model.provenance().of(element, any);
            if (!other.isEmpty()) {
                return other.getFirst().source();
            }
        }
        return new ErrorSource(origin, element.toString(), 0, 0);
    }
}
