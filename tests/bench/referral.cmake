# The quality and speed of the reasoning: build and run the target bench_referral.
km_program(referral_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/referral_bench.c DEPENDS referral
           PRIVATE m)
add_custom_target(bench_referral COMMAND referral_bench USES_TERMINAL VERBATIM)
