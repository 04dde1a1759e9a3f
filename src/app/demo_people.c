/** The people of the made-up clinic. Nobody here is real. */
#include "demo.h"

#define HANDS (1u << KM_TOOL_HANDS)
#define BALL (1u << KM_TOOL_BALL)
#define ROLLER (1u << KM_TOOL_ROLLER)
#define STICK (1u << KM_TOOL_STICK)
#define CANE (1u << KM_TOOL_CANE)

#define MON 1u
#define TUE 2u
#define WED 4u
#define THU 8u
#define FRI 16u
#define SAT 32u
#define SUN 64u

#define L KM_SIDE_LEFT
#define R KM_SIDE_RIGHT

const demo_person demo_people[] = {
    { .name = "me", .age = 38, .sex = "f", .note = "desk work, climbs on weekends",
      .profile = "desk_worker",
      .tools = HANDS | BALL | ROLLER, .marks_percent = 55, .checkin_percent = 75,
      .treated_every = 42, .train_days = TUE | SAT,
      .workout = { { "climbing, easy routes", "latissimus_dorsi;finger_flexors",
                     { NULL, NULL }, 6, 90 },
                   { "bouldering", "latissimus_dorsi;biceps_brachii;finger_flexors",
                     { "biceps_brachii", NULL }, 7, 80 } },
      .spot = { { "infraspinatus", 2, L, 6, KM_CAUSE_OVERUSE, 20, 12, 95, 11 },
                { "upper_trapezius", 1, R, 5, KM_CAUSE_POSTURE, 8, 9, 48, 6 },
                { "levator_scapulae", 1, L, 5, KM_CAUSE_HELD_POSITION, 64, 8, 0, 0 },
                { "quadratus_lumborum", 1, R, 5, KM_CAUSE_HELD_POSITION, 110, 11, 0, 0 },
                { "extensor_digitorum", 1, R, 4, KM_CAUSE_REPETITION, 150, 10, 60, 0 } } },
    { .name = "Marta Velden", .age = 29, .sex = "f", .contact = "marta@example.org",
      .note = "half marathon in spring",
      .profile = "athlete", .tools = HANDS | BALL | ROLLER | STICK,
      .marks_percent = 32, .checkin_percent = 90, .treated_every = 28,
      .train_days = MON | WED | FRI | SUN,
      .workout = { { "easy run", "calf;quadriceps", { "gastrocnemius", NULL }, 4, 45 },
                   { "intervals on the track", "calf;hamstrings;quadriceps",
                     { "gastrocnemius", "biceps_femoris" }, 8, 55 },
                   { "long run", "calf;quadriceps;gluteus_medius",
                     { "vastus_lateralis", "soleus" }, 7, 110 } },
      .spot = { { "soleus", 1, R, 6, KM_CAUSE_OVERUSE, 15, 14, 80, 0 },
                { "gluteus_medius", 2, L, 5, KM_CAUSE_TRAINING, 40, 12, 90, 4 },
                { "tensor_fasciae_latae", 1, L, 5, KM_CAUSE_TRAINING, 55, 10, 100, 0 },
                { "vastus_lateralis", 2, R, 4, KM_CAUSE_TRAINING, 120, 9, 0, 0 } } },
    { .name = "Tomas Okrin", .age = 34, .sex = "m", .contact = "tomas@example.org",
      .note = "amateur cyclist, 180 km a week",
      .profile = "athlete", .tools = HANDS | BALL | ROLLER,
      .marks_percent = 32, .checkin_percent = 80, .treated_every = 35,
      .train_days = TUE | THU | SAT | SUN,
      .workout = { { "endurance ride", "quadriceps;gluteus_maximus", { NULL, NULL }, 4, 120 },
                   { "hill repeats", "quadriceps;hamstrings",
                     { "rectus_femoris", "vastus_medialis" }, 8, 75 },
                   { "group ride", "quadriceps;calf", { "vastus_lateralis", NULL }, 7, 150 } },
      .spot = { { "rectus_femoris", 1, L, 5, KM_CAUSE_TRAINING, 25, 12, 75, 0 },
                { "upper_trapezius", 1, L, 5, KM_CAUSE_POSTURE, 10, 10, 55, 3 },
                { "semispinalis_capitis", 1, L, 4, KM_CAUSE_POSTURE, 90, 9, 70, 0 },
                { "piriformis", 1, R, 6, KM_CAUSE_HELD_POSITION, 140, 16, 0, 0 } } },
    { .name = "Ines Falter", .age = 23, .sex = "f", .contact = "ines@example.org",
      .note = "competitive swimmer",
      .profile = "athlete", .tools = HANDS | BALL | ROLLER | CANE, .marks_percent = 36,
      .checkin_percent = 90, .treated_every = 21, .train_days = MON | TUE | THU | FRI | SAT,
      .workout = { { "technique and distance", "latissimus_dorsi;rotator_cuff",
                     { NULL, NULL }, 5, 90 },
                   { "sprint sets", "latissimus_dorsi;triceps_brachii;pectoralis_major",
                     { "latissimus_dorsi", "triceps_brachii" }, 8, 75 },
                   { "strength room", "pectoralis_major;rhomboids;quadriceps",
                     { "pectoralis_major_sternal", "rhomboid_major" }, 8, 60 } },
      .spot = { { "subscapularis", 1, R, 6, KM_CAUSE_OVERUSE, 12, 18, 85, 0 },
                { "infraspinatus", 1, R, 7, KM_CAUSE_OVERUSE, 30, 14, 70, 9 },
                { "pectoralis_minor", 1, R, 4, KM_CAUSE_POSTURE, 70, 10, 95, 0 },
                { "scalenus_medius", 1, L, 4, KM_CAUSE_OVERUSE, 105, 8, 0, 0 },
                { "supraspinatus", 1, R, 5, KM_CAUSE_OVERUSE, 180, 10, 0, 0 } } },
    { .name = "Jonas Reevik", .age = 41, .sex = "m", .contact = "jonas@example.org",
      .note = "strength training, lifts heavy",
      .profile = "athlete", .tools = HANDS | BALL | ROLLER | STICK | CANE,
      .marks_percent = 80, .checkin_percent = 70, .treated_every = 30,
      .train_days = MON | WED | FRI,
      .workout = { { "squat day", "quadriceps;gluteus_maximus;erector_spinae",
                     { "vastus_lateralis", "gluteus_maximus" }, 8, 70 },
                   { "bench day", "pectoralis_major;triceps_brachii",
                     { "pectoralis_major_sternal", "triceps_brachii" }, 8, 65 },
                   { "pull day", "latissimus_dorsi;biceps_brachii;erector_spinae",
                     { "latissimus_dorsi", "biceps_brachii" }, 8, 70 } },
      .spot = { { "longissimus_thoracis", 1, R, 6, KM_CAUSE_TRAINING, 18, 12, 65, 0 },
                { "gluteus_minimus", 1, L, 5, KM_CAUSE_TRAINING, 60, 12, 0, 0 },
                { "pectoralis_major_sternal", 1, L, 4, KM_CAUSE_TRAINING, 95, 9, 80, 0 },
                { "biceps_brachii", 1, R, 4, KM_CAUSE_TRAINING, 35, 8, 90, 5 } } },
    { .name = "Lea Sandvig", .age = 19, .sex = "f", .contact = "lea@example.org",
      .note = "football, midfield",
      .profile = "athlete", .tools = HANDS | ROLLER | STICK, .marks_percent = 32,
      .checkin_percent = 75, .treated_every = 0, .train_days = TUE | THU | SUN,
      .workout = { { "team training", "quadriceps;adductors;calf",
                     { "adductor_longus", NULL }, 6, 90 },
                   { "speed work", "hamstrings;calf",
                     { "biceps_femoris", "gastrocnemius" }, 8, 70 },
                   { "match", "quadriceps;hamstrings;calf",
                     { "rectus_femoris", "gastrocnemius" }, 9, 95 } },
      .spot = { { "adductor_longus", 1, R, 5, KM_CAUSE_TRAINING, 22, 14, 75, 7 },
                { "biceps_femoris", 1, L, 6, KM_CAUSE_INJURY, 88, 20, 0, 0 },
                { "peroneus_longus", 1, L, 4, KM_CAUSE_INJURY, 130, 12, 60, 0 } } },
    { .name = "Henrik Dahlum", .age = 52, .sex = "m", .contact = "henrik@example.org",
      .note = "software, two screens, head turned to the left one",
      .profile = "desk_worker",
      .conditions = "high_blood_pressure", .tools = HANDS | BALL | CANE, .marks_percent = 32,
      .checkin_percent = 35, .treated_every = 28,
      .spot = { { "splenius_cervicis", 1, L, 6, KM_CAUSE_HELD_POSITION, 10, 12, 52, 8 },
                { "levator_scapulae", 1, L, 6, KM_CAUSE_POSTURE, 14, 14, 58, 0 },
                { "upper_trapezius", 1, L, 7, KM_CAUSE_STRESS, 30, 14, 45, 12 },
                { "suboccipitals", 1, R, 5, KM_CAUSE_POSTURE, 75, 9, 66, 0 },
                { "pectoralis_minor", 1, L, 4, KM_CAUSE_POSTURE, 120, 12, 0, 0 } } },
    { .name = "Carla Brennig", .age = 45, .sex = "f", .contact = "carla@example.org",
      .note = "call centre, phone on the right shoulder",
      .profile = "desk_worker", .tools = HANDS | BALL,
      .marks_percent = 32, .checkin_percent = 40, .treated_every = 30,
      .spot = { { "upper_trapezius", 1, R, 7, KM_CAUSE_HELD_POSITION, 6, 16, 48, 5 },
                { "levator_scapulae", 1, R, 6, KM_CAUSE_HELD_POSITION, 12, 14, 60, 0 },
                { "sternocleidomastoid_sternal", 2, R, 5, KM_CAUSE_HELD_POSITION, 50, 12, 70, 0 },
                { "temporalis", 2, R, 5, KM_CAUSE_STRESS, 52, 10, 70, 4 },
                { "masseter_superficial", 2, R, 5, KM_CAUSE_STRESS, 100, 12, 80, 0 } } },
    { .name = "Piet Molenaar", .age = 33, .sex = "m", .contact = "piet@example.org",
      .note = "graphic designer, mouse arm",
      .profile = "desk_worker", .tools = HANDS | BALL | STICK, .marks_percent = 34,
      .checkin_percent = 30, .treated_every = 0,
      .spot = { { "extensor_carpi_radialis_brevis", 1, R, 6, KM_CAUSE_REPETITION, 16, 18, 75, 10 },
                { "supinator", 1, R, 5, KM_CAUSE_REPETITION, 20, 12, 75, 0 },
                { "infraspinatus", 1, R, 5, KM_CAUSE_POSTURE, 45, 12, 85, 0 },
                { "rhomboid_major", 2, L, 4, KM_CAUSE_POSTURE, 70, 10, 60, 3 } } },
    { .name = "Nora Ilves", .age = 58, .sex = "f", .contact = "nora@example.org",
      .note = "accountant, sits ten hours a day in spring",
      .profile = "desk_worker", .conditions = "osteoporosis",
      .tools = HANDS | BALL | ROLLER, .marks_percent = 32, .checkin_percent = 45,
      .treated_every = 35,
      .spot = { { "quadratus_lumborum", 2, L, 6, KM_CAUSE_HELD_POSITION, 25, 16, 60, 0 },
                { "gluteus_medius", 1, L, 6, KM_CAUSE_HELD_POSITION, 28, 14, 60, 9 },
                { "piriformis", 1, L, 5, KM_CAUSE_HELD_POSITION, 80, 12, 90, 0 },
                { "rhomboid_major", 1, R, 4, KM_CAUSE_POSTURE, 45, 9, 50, 2 } } },
    { .name = "Viktor Sorel", .age = 49, .sex = "m", .contact = "viktor@example.org",
      .note = "long-standing neck and shoulder pain after a rear-end collision four years ago",
      .conditions = "anticoagulants", .tools = HANDS | BALL | CANE, .marks_percent = 32,
      .checkin_percent = 90, .treated_every = 14,
      .spot = { { "upper_trapezius", 1, R, 7, KM_CAUSE_INJURY, 2, 24, 36, 16 },
                { "sternocleidomastoid_clavicular", 1, R, 6, KM_CAUSE_INJURY, 5, 18, 40, 9 },
                { "splenius_capitis", 1, R, 6, KM_CAUSE_INJURY, 9, 20, 42, 0 },
                { "scalenus_medius", 1, R, 6, KM_CAUSE_INJURY, 14, 20, 44, 13 },
                { "infraspinatus", 1, R, 6, KM_CAUSE_INJURY, 30, 22, 50, 0 },
                { "levator_scapulae", 1, R, 6, KM_CAUSE_STRESS, 20, 18, 46, 6 },
                { "supraspinatus", 1, R, 5, KM_CAUSE_INJURY, 60, 16, 58, 0 } },
      .n_lasting = 2, .hurt_years = 4 },
    { .name = "Aino Karst", .age = 31, .sex = "f", .contact = "aino@example.org",
      .note = "expecting her first child", .conditions = "pregnancy", .tools = HANDS | BALL,
      .marks_percent = 45, .checkin_percent = 60, .treated_every = 28,
      .spot = { { "gluteus_medius", 2, R, 5, KM_CAUSE_POSTURE, 120, 14, 40, 8 },
                { "quadratus_lumborum", 1, L, 5, KM_CAUSE_POSTURE, 140, 14, 45, 0 },
                { "soleus", 1, L, 4, KM_CAUSE_HELD_POSITION, 190, 10, 0, 0 },
                { "rhomboid_major", 1, L, 4, KM_CAUSE_POSTURE, 200, 10, 30, 4 } } },
};

const int demo_n_people = sizeof demo_people / sizeof *demo_people;

int demo_spots(const demo_person *p)
{
    int n = 0;

    while (n < DEMO_SPOTS && p->spot[n].muscle)
        n++;
    return n;
}

int demo_workouts(const demo_person *p)
{
    int n = 0;

    while (n < DEMO_WORKOUTS && p->workout[n].goal)
        n++;
    return n;
}
