package dev.tenon.web.odata;

import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.commons.api.edm.provider.CsdlAction;
import org.apache.olingo.commons.api.edm.provider.CsdlFunction;
import org.apache.olingo.commons.api.edm.provider.CsdlParameter;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlReturnType;
import org.apache.olingo.server.api.uri.UriParameter;
import org.apache.olingo.server.api.uri.UriResourceFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Actions and functions of records: in the metadata, in addresses, in answers. */
final class BoundCalls {

    private static final String RECORD = "record";
    private static final String VALUE = "value";

    private BoundCalls() {}

    static CsdlAction action(Model model, String object, Action action) {
        return new CsdlAction()
                .setName(action.name())
                .setBound(true)
                .setParameters(parameters(model, object, action))
                .setReturnType(new CsdlReturnType()
                        .setType(ModelEdm.named(ModelEdm.ACTION_ANSWER))
                        .setNullable(false));
    }

    static CsdlFunction function(Model model, String object, Action function) {
        CsdlProperty answer = EdmTypes.property(model, VALUE, function.answer());
        return new CsdlFunction()
                .setName(function.name())
                .setBound(true)
                .setParameters(parameters(model, object, function))
                .setReturnType(new CsdlReturnType()
                        .setType(answer.getTypeAsFQNObject())
                        .setMaxLength(answer.getMaxLength())
                        .setPrecision(answer.getPrecision())
                        .setScale(answer.getScale())
                        .setNullable(true));
    }

    private static List<CsdlParameter> parameters(Model model, String object, Action action) {
        List<CsdlParameter> parameters = new ArrayList<>();
        parameters.add(new CsdlParameter()
                .setName(RECORD)
                .setType(ModelEdm.named(object))
                .setNullable(false));
        for (Field field : action.parameters()) {
            CsdlProperty property = EdmTypes.property(model, field.name(), field);
            parameters.add(new CsdlParameter()
                    .setName(field.name())
                    .setType(property.getTypeAsFQNObject())
                    .setMaxLength(property.getMaxLength())
                    .setPrecision(property.getPrecision())
                    .setScale(property.getScale())
                    .setNullable(!field.required()));
        }
        return parameters;
    }

    /** What an address tells a function: constants, or aliases that are defined in its options. */
    static Map<String, @Nullable Object> told(Asked asked, UriResourceFunction called) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (UriParameter parameter : called.getParameters()) {
            String text = parameter.getAlias() == null
                    ? parameter.getText()
                    : asked.uri().getValueForAlias(parameter.getAlias());
            EdmType type =
                    called.getFunction().getParameter(parameter.getName()).getType();
            values.put(parameter.getName(), text == null ? null : Literals.value(text, type));
        }
        return values;
    }

    static ODataAnswer call(Asked asked, Target.Call call) {
        Object value =
                asked.session().callFunction(call.object(), call.id(), call.function(), told(asked, call.called()));
        if (value == null) {
            return ODataAnswer.withoutBody(204, asked.head());
        }
        String type = call.called()
                .getFunction()
                .getReturnType()
                .getType()
                .getFullQualifiedName()
                .getFullQualifiedNameAsString();
        return asked.json(200, asked.jsonHead(), json -> write(asked, json, type, value));
    }

    private static void write(Asked asked, JsonGenerator json, String type, Object value) {
        json.writeStartObject();
        asked.context(json, "#" + type);
        json.writeName(VALUE);
        asked.rows(json).value(value);
        json.writeEndObject();
    }
}
