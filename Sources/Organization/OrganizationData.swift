import Core

/// What is known of persons, and who brought files.
package let organizationData = DataDeclaration(
    migrations: organizationMigrations,
    personal: [
        PersonalTable(
            "person",
            registered: [
                "name": "person_name", "sort_name": "person_name", "number": "person_number",
                "number_mark": "erased_data", "unit_id": "person_unit",
            ]),
        PersonalTable(
            "person_join",
            registered: ["from_person": "person_number", "to_person": "person_number"]),
        PersonalTable(
            "person_change",
            registered: [
                "person_id": "person_former", "name": "person_former",
                "sort_name": "person_former", "number": "person_former",
                "number_mark": "erased_data", "unit_id": "person_former",
                "reason": "person_former", "changed_by": "operator_name",
            ]),
        PersonalTable("import", registered: ["started_by": "operator_name"]),
    ],
    marked: [PersonStore.marked, PersonChangeStore.marked])
