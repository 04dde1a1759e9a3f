set(dir ${CMAKE_CURRENT_SOURCE_DIR}/unit)
km_unit_test(referral_rank_test SOURCES ${dir}/referral_rank_test.c DEPENDS referral)
km_unit_test(referral_joint_test SOURCES ${dir}/referral_joint_test.c DEPENDS referral)
km_unit_test(referral_property_test SOURCES ${dir}/referral_property_test.c DEPENDS referral)
