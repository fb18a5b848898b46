-- What is said about a release after it was made; rows of releases themselves never change.
create table release_marks (
    release_id   uuid primary key references releases on delete cascade,
    org_id       uuid not null references orgs,
    pinned_by    text,
    pin_reason   text not null default '',
    pinned_at    timestamptz,
    -- its images and files were let go; it stays in the history and cannot be deployed any more
    collected_at timestamptz
);

-- What a deployment on its way needs. Written before it is looked whether the thing is there.
create table artefact_holds (
    deployment_id uuid not null references deployments on delete cascade,
    kind          text not null,
    name          text not null,
    primary key (deployment_id, kind, name)
);

-- References that were not in the runtime and that we pulled; image_id is '' until the pull has brought one.
create table pulled_images (
    reference  text not null,
    image_id   text not null,
    org_id     uuid not null references orgs,
    created_at timestamptz not null,
    primary key (reference, image_id)
);
