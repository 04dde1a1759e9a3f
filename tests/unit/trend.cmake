set(dir ${CMAKE_CURRENT_SOURCE_DIR}/unit)
km_unit_test(trend_judge_test SOURCES ${dir}/trend_judge_test.c DEPENDS trend PRIVATE m)
km_unit_test(trend_history_test SOURCES ${dir}/trend_history_test.c DEPENDS trend PRIVATE m)
