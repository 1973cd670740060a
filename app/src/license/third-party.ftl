<#-- One line for each licence and component; classifiers (natives of a platform) count as their component. -->
<#assign rows = {}>
<#list dependencyMap as entry>
<#assign project = entry.getKey()>
<#assign licences = entry.getValue()>
<#assign key = project.groupId + ":" + project.artifactId>
<#if !rows[key]?? && !key?starts_with("org.oddlens:")><#assign rows = rows + {key: "| " + (project.name!project.artifactId)?replace("|", "/")?trim + " | `" + key + "` | " + project.version + " | " + licences?join(" or ") + " | " + (project.url!"–") + " |"}></#if>
</#list>
# Third-party components

What an installed Oddlens contains besides its own code. Made by the build (`mvn verify` compares this page with what
the build finds and fails on a licence that is not allowed); do not edit by hand: copy
`app/target/licences/THIRD-PARTY.md` over it after a change of dependencies.

| Component | Coordinates | Version | Licence | Home |
|---|---|---|---|---|
<#list rows?keys?sort as key>
${rows[key]}
</#list>

The native jars of ND4J and of its OpenBLAS hold further libraries: OpenBLAS (BSD-3-Clause), libgomp and libgfortran
(GPL-3.0 with the GCC Runtime Library Exception). JavaFX is GPL-2.0 with the Classpath Exception. Components under the
LGPL are separate jars in the program's folder `lib` and may be replaced there. The installed program also holds a Java
runtime (OpenJDK, GPL-2.0 with the Classpath Exception; its notices lie in the runtime's folder `legal`).
