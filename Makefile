# For `sam build` alone: it calls build-<function> with ARTIFACTS_DIR in a copy of this folder.
# A build of one module needs its parent and siblings, which sam's own Maven builder leaves out.
# Everything else goes through Maven.

MODULE := lambda-example

build-%:
	mvn --quiet --batch-mode --projects $(MODULE) --also-make -Dmaven.test.skip=true package
	mkdir -p "$(ARTIFACTS_DIR)/lib"
	cp -R $(MODULE)/target/classes/. "$(ARTIFACTS_DIR)"
	cp $(MODULE)/target/dependency/*.jar "$(ARTIFACTS_DIR)/lib"
