import Core

/// Who wrote at reports, and what they said about them.
package let reportDeskData = DataDeclaration(
    migrations: reportDeskMigrations,
    personal: [
        PersonalTable("report_writing", registered: ["made_by": "operator_name"]),
        PersonalTable(
            "report_writing_version",
            registered: [
                "written_by": "operator_name", "body": "report_words", "why": "report_words",
            ]),
        PersonalTable(
            "report_comment",
            registered: [
                "written_by": "operator_name", "settled_by": "operator_name",
                "text": "report_words",
            ]),
    ])
