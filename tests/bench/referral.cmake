# The quality and speed of the reasoning: build and run the target bench_referral.
km_program(referral_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/referral_bench.c DEPENDS referral
           PRIVATE m)
set_target_properties(referral_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
add_custom_target(bench_referral COMMAND referral_bench USES_TERMINAL VERBATIM)
