//! The objectives, one file each: facts in, checks out.

pub(crate) mod audits_reguliers;
pub(crate) mod candidature;
mod intervalle_max;
mod intervalle_moyen;
pub(crate) mod o1_annuaires;
pub(crate) mod o2_exposition;
pub(crate) mod o2_vulnerabilites;
mod premier_audit;
