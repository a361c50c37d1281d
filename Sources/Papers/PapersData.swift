import Core

/// Who issued papers. What stands on them is what everybody may read of their reports.
package let papersData = DataDeclaration(
    migrations: papersMigrations,
    personal: [PersonalTable("paper", registered: ["issued_by": "operator_name"])],
    proven: [ProvenRow("paper.issued", in: "paper")])
