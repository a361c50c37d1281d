import Core

/// Who issued reports, and who withdrew them.
package let reportsData = DataDeclaration(
    migrations: reportMigrations,
    personal: [
        PersonalTable("report", registered: ["issued_by": "operator_name"]),
        PersonalTable(
            "report_withdrawal",
            registered: ["withdrawn_by": "operator_name", "why": "report_words"]),
    ],
    proven: [ProvenRow("report.issued", in: "report")])
