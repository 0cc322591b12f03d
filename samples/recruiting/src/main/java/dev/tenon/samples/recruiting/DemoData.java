package dev.tenon.samples.recruiting;

import dev.tenon.samples.recruiting.Words.Job;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a recruiting department: positions, candidates, applications, interviews, offers, and how the
 * approval of each offer went. The same seed, day and people give the same records.
 */
public final class DemoData {

    public static final int POSITIONS = 40;
    public static final int CANDIDATES = 2_000;
    public static final int APPLICATIONS = 3_000;
    public static final int INTERVIEWS = 900;
    public static final int OFFERS = 200;

    private static final List<String> LATE_STAGES = List.of("offer", "hired");

    /** The people whose work the data shows: ids of users, at least one in each role. */
    public record People(List<UUID> recruiters, List<UUID> hiringManagers) {
        public People {
            recruiters = List.copyOf(recruiters);
            hiringManagers = List.copyOf(hiringManagers);
        }
    }

    /** Saves records, through the same door as everybody. */
    public interface Sink {

        /** Saves the records in the name of the user and returns their ids in order. */
        List<UUID> create(UUID user, String object, List<Map<String, @Nullable Object>> records);
    }

    /** Adds what a customer has beyond the standard product, before a record is saved. */
    public interface Custom {
        void addTo(String object, Map<String, @Nullable Object> values, Random random);

        Custom NONE = (object, values, random) -> {};
    }

    /** How the approval of an offer goes on. */
    public enum Fate {
        DRAFT,
        AT_FIRST_STEP,
        AT_SECOND_STEP,
        APPROVED,
        REJECTED,
        RETURNED,
        WITHDRAWN
    }

    /** An offer and what its approvers do; the comment is what they say. */
    public record OfferPlan(UUID offer, UUID recruiter, Fate fate, String comment) {}

    private final Random random;
    private final LocalDate today;
    private final People people;
    private final Custom custom;
    private final Sink sink;

    private record Position(UUID id, Job job) {}

    private record Applied(UUID id, UUID candidate, Position position, UUID recruiter, String stage, LocalDate on) {}

    public DemoData(long seed, LocalDate today, People people, Custom custom, Sink sink) {
        this.random = new Random(seed);
        this.today = today;
        this.people = people;
        this.custom = custom;
        this.sink = sink;
    }

    /** Makes everything; the offers are drafts afterwards, and the plans tell how to go on. */
    public List<OfferPlan> create() {
        List<Position> positions = positions();
        List<UUID> candidates = candidates();
        List<Applied> applications = applications(positions, candidates);
        interviews(applications);
        return offers(applications);
    }

    private List<Position> positions() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < POSITIONS; i++) {
            Job job = Words.JOBS.get(i % Words.JOBS.size());
            String city = pick(Words.CITIES);
            jobs.add(job);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("title", job.title() + (i < Words.JOBS.size() ? "" : " · " + city));
            row.put("department", job.department());
            row.put("city", city);
            row.put(
                    "hiringManager",
                    people.hiringManagers().get(i % people.hiringManagers().size()));
            row.put("recruiter", people.recruiters().get(i % people.recruiters().size()));
            row.put("headcount", 1L + random.nextInt(job.department().equals("stores") ? 12 : 3));
            row.put("status", i % 10 == 9 ? "closed" : i % 13 == 12 ? "onHold" : "open");
            row.put("openedOn", today.minusDays(10 + random.nextInt(170)));
            row.put("salaryMin", money(job.low()));
            row.put("salaryMax", money(job.high()));
            row.put("description", job.title() + "：" + pick(Words.FEEDBACK));
            rows.add(row);
        }
        List<UUID> ids = save(people.recruiters().getFirst(), "recruiting__Position", rows);
        List<Position> made = new ArrayList<>();
        for (int i = 0; i < POSITIONS; i++) {
            made.add(new Position(ids.get(i), jobs.get(i)));
        }
        return made;
    }

    private List<UUID> candidates() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            boolean chinese = random.nextInt(10) < 7;
            String family = pick(chinese ? Words.FAMILY_NAMES_ZH : Words.FAMILY_NAMES_EN);
            String given = pick(chinese ? Words.GIVEN_NAMES_ZH : Words.GIVEN_NAMES_EN);
            int years = random.nextInt(22);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("name", chinese ? family + given : given + " " + family);
            row.put("email", String.format(Locale.ROOT, "candidate%04d@example.com", i + 1));
            row.put(
                    "phone",
                    String.format(Locale.ROOT, "1%d%09d", 30 + random.nextInt(60), random.nextInt(1_000_000_000))
                            .substring(0, 11));
            row.put("city", pick(Words.CITIES));
            row.put("source", pick(Words.SOURCES));
            row.put("currentCompany", random.nextInt(5) == 0 ? null : pick(Words.COMPANIES));
            row.put("education", pick(Words.EDUCATION));
            row.put("yearsOfExperience", (long) years);
            row.put("expectedSalary", money(5_000 + years * 900 + random.nextInt(60) * 100));
            row.put("availableFrom", random.nextInt(3) == 0 ? null : today.plusDays(random.nextInt(60)));
            row.put("talentPool", random.nextInt(8) == 0);
            rows.add(row);
        }
        List<UUID> ids = new ArrayList<>();
        int share = CANDIDATES / people.recruiters().size() + 1;
        for (int from = 0, at = 0; from < CANDIDATES; from += share, at++) {
            ids.addAll(save(
                    people.recruiters().get(at),
                    "recruiting__Candidate",
                    rows.subList(from, Math.min(CANDIDATES, from + share))));
        }
        return ids;
    }

    private List<Applied> applications(List<Position> positions, List<UUID> candidates) {
        List<Applied> made = new ArrayList<>();
        int share = APPLICATIONS / people.recruiters().size() + 1;
        for (UUID recruiter : people.recruiters()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            List<Applied> planned = new ArrayList<>();
            while (rows.size() < share && made.size() + rows.size() < APPLICATIONS) {
                Position position = pick(positions);
                UUID candidate = candidates.get((made.size() + rows.size()) % candidates.size());
                LocalDate on = today.minusDays(random.nextInt(150));
                String stage = stage(made.size() + rows.size());
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("candidate", candidate);
                row.put("position", position.id());
                row.put("stage", stage);
                row.put("appliedOn", on);
                row.put("hiredOn", stage.equals("hired") ? min(today, on.plusDays(14 + random.nextInt(50))) : null);
                row.put("recruiter", recruiter);
                row.put("rating", random.nextInt(4) == 0 ? null : 1L + random.nextInt(5));
                row.put("rejectionReason", stage.equals("rejected") ? pick(Words.REJECTIONS) : null);
                rows.add(row);
                planned.add(new Applied(candidate, candidate, position, recruiter, stage, on));
            }
            List<UUID> ids = save(recruiter, "recruiting__Application", rows);
            for (int i = 0; i < ids.size(); i++) {
                Applied plan = planned.get(i);
                made.add(
                        new Applied(ids.get(i), plan.candidate(), plan.position(), recruiter, plan.stage(), plan.on()));
            }
        }
        return made;
    }

    /** Enough applications reach the late stages that every offer has one. */
    private String stage(int index) {
        if (index % 12 == 0) {
            return LATE_STAGES.get(random.nextInt(3) == 0 ? 1 : 0);
        }
        int roll = random.nextInt(100);
        return roll < 30
                ? "applied"
                : roll < 50
                        ? "screening"
                        : roll < 65 ? "interview" : roll < 72 ? "assessment" : roll < 92 ? "rejected" : "withdrawn";
    }

    private void interviews(List<Applied> applications) {
        List<Applied> interviewed = applications.stream()
                .filter(a -> !a.stage().equals("applied")
                        && !a.stage().equals("screening")
                        && !a.stage().equals("withdrawn"))
                .toList();
        Map<UUID, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
        List<String> rounds = List.of("first", "second", "final");
        for (int i = 0; i < INTERVIEWS; i++) {
            Applied application = interviewed.get(i % interviewed.size());
            boolean past = random.nextInt(5) > 0;
            int score = 1 + random.nextInt(5);
            Instant at = (past
                            ? application.on().plusDays(2 + random.nextInt(20))
                            : today.plusDays(1 + random.nextInt(14)))
                    .atTime(1 + random.nextInt(9), 30 * random.nextInt(2))
                    .toInstant(ZoneOffset.UTC);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("application", application.id());
            row.put("round", rounds.get(Math.min(2, i / interviewed.size())));
            row.put("at", at);
            row.put("interviewer", pick(people.hiringManagers()));
            row.put("result", past ? (score >= 3 ? "pass" : "fail") : "pending");
            row.put("score", past ? (long) score : null);
            row.put("feedback", past ? pick(Words.FEEDBACK) : null);
            rows.computeIfAbsent(application.recruiter(), r -> new ArrayList<Map<String, @Nullable Object>>())
                    .add(row);
        }
        for (Map.Entry<UUID, List<Map<String, @Nullable Object>>> part : rows.entrySet()) {
            save(part.getKey(), "recruiting__Interview", part.getValue());
        }
    }

    private List<OfferPlan> offers(List<Applied> applications) {
        List<Applied> late = applications.stream()
                .filter(a -> LATE_STAGES.contains(a.stage()))
                .toList();
        if (late.size() < OFFERS) {
            throw new IllegalStateException("only " + late.size() + " applications for " + OFFERS + " offers");
        }
        Map<UUID, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
        Map<UUID, List<Fate>> fates = new LinkedHashMap<>();
        for (int i = 0; i < OFFERS; i++) {
            Applied application = late.get(i);
            Job job = application.position().job();
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("application", application.id());
            row.put("candidate", application.candidate());
            row.put("position", application.position().id());
            row.put("salary", money((job.low() + random.nextInt(job.high() - job.low())) / 100 * 100));
            row.put("monthsPaid", random.nextInt(3) == 0 ? new BigDecimal("13.0") : new BigDecimal("12.0"));
            row.put("probationMonths", random.nextBoolean() ? 3L : 6L);
            row.put("startDate", today.plusDays(7 + random.nextInt(45)));
            rows.computeIfAbsent(application.recruiter(), r -> new ArrayList<Map<String, @Nullable Object>>())
                    .add(row);
            fates.computeIfAbsent(application.recruiter(), r -> new ArrayList<>())
                    .add(application.stage().equals("hired") ? Fate.APPROVED : Fate.values()[i % Fate.values().length]);
        }
        List<OfferPlan> plans = new ArrayList<>();
        for (Map.Entry<UUID, List<Map<String, @Nullable Object>>> part : rows.entrySet()) {
            UUID recruiter = part.getKey();
            List<UUID> ids = save(recruiter, "recruiting__Offer", part.getValue());
            List<Fate> planned = fates.getOrDefault(recruiter, List.of());
            for (int i = 0; i < ids.size(); i++) {
                Fate fate = planned.get(i);
                boolean objection = fate == Fate.REJECTED || fate == Fate.RETURNED;
                plans.add(new OfferPlan(
                        ids.get(i), recruiter, fate, pick(objection ? Words.OBJECTIONS : Words.APPROVER_COMMENTS)));
            }
        }
        return plans;
    }

    private List<UUID> save(UUID user, String object, List<Map<String, @Nullable Object>> rows) {
        for (Map<String, @Nullable Object> row : rows) {
            custom.addTo(object, row, random);
        }
        return sink.create(user, object, rows);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static LocalDate min(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static BigDecimal money(int amount) {
        return BigDecimal.valueOf(amount).setScale(2);
    }
}
