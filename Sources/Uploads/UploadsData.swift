import Core

/// Who brought which file. What the files hold lies encrypted beside the database.
package let uploadsData = DataDeclaration(
    migrations: uploadsMigrations,
    personal: [
        PersonalTable(
            "upload", of: .account("account_id"), why: ["uploaded_file"],
            registered: ["account_id": "operator_name", "file_name": "uploaded_file"],
            shows: ["file_name", "size", "uploaded_at"])
    ])
