package dev.tenon.bench.size;

import dev.tenon.approval.ApprovalModelCompiler;
import dev.tenon.bench.BenchTenant;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;

/** A tenant with 500 objects of 40 fields each. */
final class WideTenant {

    private static final String KEY = "wide";
    private static final int OBJECTS = 500;
    private static final int FIELDS = 40;
    private static final int LONG_TEXT = 1_000;
    private static final int ROUNDS = 7;

    /** Rounds in which most of what is timed is still interpreted. */
    private static final int COLD_ROUNDS = 3;

    private WideTenant() {}

    /** Changes of one element, at the API. */
    static void publish(ConfigurableApplicationContext platform) throws IOException, InterruptedException {
        platform.getBean(Packages.class).add(Users.platform(KEY), WidePackage.files(OBJECTS, FIELDS, ""));
        Took.told(
                "create the tenant with " + OBJECTS + " objects of " + FIELDS + " fields",
                List.of(Took.by(() -> platform.getBean(Tenants.class)
                        .create(Users.platform(KEY), KEY, "Wide", List.of(new PackageId("wide", "1.0.0"))))));
        Api admin = Api.of(platform, KEY, "sys__administrator");
        int[] number = {0};
        Took.told(
                "publish another label in it",
                Took.times(() ->
                        admin.change("{\"op\":\"set\",\"element\":\"field:wide__Thing1/name\",\"property\":\"label\","
                                + "\"value\":\"N" + number[0]++ + "\"}")));
        Took.told(
                "publish another field in it",
                Took.times(() -> admin.change("{\"op\":\"add\",\"element\":\"field:wide__Thing1/c__f" + number[0]++
                        + "\",\"properties\":{\"type\":\"text\",\"label\":\"F\"}}")));
        String last = "field:wide__Thing1/c__f" + (number[0] - 1);
        Took.told(
                "publish a longer field in it",
                Took.times(() -> admin.change("{\"op\":\"set\",\"element\":\"" + last
                        + "\",\"property\":\"maxLength\",\"value\":" + (LONG_TEXT + number[0]++) + "}")));
    }

    /** Nothing is known of the tenant, so its model is read from the database and compiled as a whole. */
    static void anew(List<String> settings) throws IOException, InterruptedException {
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            ModelSource models = platform.getBean(ModelSource.class);
            long before = Took.heap();
            Took.told(
                    "its model on a node that does not have it: read and compile",
                    List.of(Took.by(() -> models.current(KEY))));
            Took.told("heap of all that the node keeps of it", (Took.heap() - before) / 1e6);
        }
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            parts(new ApprovalModelCompiler(platform.getBean(CodeRuntime.class), List.of()));
        }
    }

    /** Each step of making a model by itself: first the times, then what stays of each. */
    private static void parts(ModelCompiler compiler) throws IOException, InterruptedException {
        List<Took> reading = new ArrayList<>();
        List<Took> merging = new ArrayList<>();
        List<Took> compiling = new ArrayList<>();
        for (int i = -COLD_ROUNDS; i < ROUNDS; i++) {
            // Files that were read before are known.
            var files = WidePackage.files(OBJECTS, FIELDS, " of round " + i);
            List<Layer> layers = new ArrayList<>();
            List<Model> models = new ArrayList<>();
            Took read = Took.by(() -> layers.add(PackageReader.readFiles(files).orThrow()));
            Took merged =
                    Took.by(() -> models.add(Models.compile(KEY, 1, layers).orThrow()));
            Took compiled = Took.by(() -> compiled(compiler, models.getFirst()));
            if (i >= 0) {
                reading.add(read);
                merging.add(merged);
                compiling.add(compiled);
            }
        }
        Took.told("read its package", reading);
        Took.told("merge, check and build its model", merging);
        Took.told("compile its plans, expressions and rights", compiling);
        long nothing = Took.heap();
        Layer layer =
                PackageReader.readFiles(WidePackage.files(OBJECTS, FIELDS, "")).orThrow();
        long read = Took.heap();
        Model model = Models.compile(KEY, 1, List.of(layer)).orThrow();
        long merged = Took.heap();
        CompiledModel whole = compiled(compiler, model);
        long all = Took.heap();
        Took.told("heap of the package that was read, shared by its tenants", (read - nothing) / 1e6);
        Took.told("heap of the model beside it", (merged - read) / 1e6);
        Took.told("heap of plans, expressions and rights", (all - merged) / 1e6);
        Took.told("heap of " + whole.model().objects().size() + " objects together", (all - nothing) / 1e6);
    }

    private static CompiledModel compiled(ModelCompiler compiler, Model model) {
        return switch (compiler.compile(model, Optional.empty())) {
            case ModelCompiler.Outcome.Compiled done -> done.model();
            case ModelCompiler.Outcome.Refused refused -> throw new IllegalStateException("" + refused);
        };
    }
}
