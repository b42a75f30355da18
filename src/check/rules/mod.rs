//! The rules, a file for each.

use super::rule::Rule;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All rules, in order of their codes.
        pub const ALL: &[&Rule] = &[$(&$name::RULE),*];
    };
}

rules! {
    acronym,
    age_coded_word,
    alternative_formats,
    blanket_bar,
    compound_criterion,
    cv_for_school,
    dangling_reference,
    dbs_level,
    disability_minimum_criteria,
    disability_scheme,
    driving,
    duplicate_statement,
    duty_and_criterion,
    early_closing,
    fixed_term_reason,
    fluency_duty,
    fluency_standard,
    gender_coded_wording,
    gendered_reference,
    health_requirement,
    hours_conflict,
    import_artefact,
    library_drift,
    list_form,
    method_cannot_show,
    model_default,
    name_conflict,
    no_assessment_method,
    no_requirement,
    obsolete_vetting_term,
    pay_unclear,
    personal_data,
    placeholder,
    political_restriction,
    qualification,
    readability,
    reasonable_adjustment,
    required_field,
    roa_citation,
    safeguarding_duty,
    spelling,
    staff_duty,
    stale,
    statement_drift,
    too_many_criteria,
    unmarked_criteria,
    vacancy_dates,
    vague_criterion,
    welsh_category,
    wrong_word,
    years_of_experience,
}

/// Rules that need no word of English: what they look at is facts, dates and signs. The others look at English alone.
pub(super) const OF_ANY_LANGUAGE: &[&str] = &[
    "disability-minimum-criteria",
    "fixed-term-reason",
    "import-artefact",
    "model-default",
    "no-assessment-method",
    "no-requirement",
    "personal-data",
    "placeholder",
    "required-field",
    "too-many-criteria",
    "unmarked-criteria",
    "vacancy-dates",
    "welsh-category",
];
