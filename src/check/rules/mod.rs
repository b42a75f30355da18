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
    contact_unsaid,
    cv_for_school,
    dangling_reference,
    dbs_eligibility,
    dbs_level,
    disability_minimum_criteria,
    disability_scheme,
    draft_profile,
    driving,
    duplicate_statement,
    duty_and_criterion,
    early_closing,
    ended_name,
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
    protected_characteristic,
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
    "contact-unsaid",
    "dbs-eligibility",
    "dbs-level",
    "disability-minimum-criteria",
    "draft-profile",
    "fixed-term-reason",
    "fluency-duty",
    "import-artefact",
    "model-default",
    "no-assessment-method",
    "no-requirement",
    "pay-unclear",
    "personal-data",
    "political-restriction",
    "placeholder",
    "required-field",
    "too-many-criteria",
    "unmarked-criteria",
    "vacancy-dates",
    "welsh-category",
];
