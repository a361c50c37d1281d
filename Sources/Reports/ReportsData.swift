import Core

/// Who issued reports.
package let reportsData = DataDeclaration(
    migrations: reportMigrations,
    personal: [PersonalTable("report", registered: ["issued_by": "operator_name"])],
    proven: [ProvenRow("report.issued", in: "report")])
