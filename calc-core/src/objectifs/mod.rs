//! The objectives, one file each: facts in, checks out.

pub(crate) mod audits_reguliers;
pub(crate) mod candidature;
mod intervalle_max;
mod intervalle_moyen;
pub(crate) mod o1_annuaires;
pub(crate) mod o1_niveau;
pub(crate) mod o2_exposition;
mod o2_phrases;
pub(crate) mod o2_vulnerabilites;
pub(crate) mod o3_exercice;
pub(crate) mod o4_autoevaluation;
pub(crate) mod o5_budget;
pub(crate) mod o6_convergence;
mod premier_audit;
